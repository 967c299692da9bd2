"""The paper that every picture is drawn on: legible in any theme, and described in words.

This module alone imports matplotlib, and only the functions that draw import this module, so the
rest of the toolkit needs numpy and nothing else.

Figures are made without pyplot. A pyplot figure belongs to a global list: it is shown twice when
a cell returns it, stays in memory until someone closes it, and picks a backend for the whole
process. These show themselves, once, with a text alternative, and leave no trace.
"""

import base64
import html
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

try:
    from matplotlib import style
    from matplotlib.figure import Figure
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "pictures need matplotlib: pip install 'gradient-grader[notebook]'", name=error.name
    ) from error

# Okabe and Ito's palette, told apart with any colour vision; on white both exceed 3:1.
BLUE = "#0072B2"
VERMILLION = "#D55E00"
# Orange to purple through white, safe likewise. It is used with a zero in the middle.
SIGNED = "PuOr_r"


class DescribedFigure(Figure):
    """A matplotlib figure with a text alternative, which notebooks show in its place or beside it.

    `alt` says in words what the picture shows; it is the figure's label as well.
    """

    alt: str = ""

    def describe(self, alt: str) -> None:
        """Set the text alternative."""
        self.alt = alt
        self.set_label(alt)

    def png(self) -> bytes:
        """The picture as a PNG file, with the text alternative as its description."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=110, metadata={"Description": self.alt})
        return buffer.getvalue()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """What a notebook shows: an image with its `alt`; a terminal gets the sentence."""
        source = base64.b64encode(self.png()).decode("ascii")
        return {
            "text/html": f'<img alt="{html.escape(self.alt)}" src="data:image/png;base64,{source}">',
            "text/plain": self.alt,
        }


@contextmanager
def paper(width: float, height: float) -> Iterator[DescribedFigure]:
    """Give an empty white figure of `width` by `height` inches to draw on.

    Meanwhile matplotlib's default style holds, so that a dark style that the user has set does
    not put white text on our white ground; afterwards the user's own settings are back.
    """
    with style.context("default"):
        yield DescribedFigure(figsize=(width, height), facecolor="white", layout="constrained")
