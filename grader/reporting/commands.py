"""Lines that a CI system would obey, kept from being ones: a log is read by machines too.

GitHub obeys a line that begins with ``::`` (``::error::``, ``::add-mask::``) and ``##[`` anywhere in one;
Azure and TeamCity obey ``##vso[`` and ``##teamcity[``. A student's text may hold any of these, and a long
word may be broken just before one: so it is the finished lines that are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#(?:\[|vso\[|teamcity\[))")
_LOOKS_LIKE = {":": "∶", "#": "♯"}


def inert(line: str) -> str:
    """A line that looks the same and is no command."""
    return _COMMAND.sub(lambda m: m[0][:-1] + _LOOKS_LIKE[m[0][-1]], line)


class Inert:
    """For ``rich``: whatever it holds, line by line, each of them inert."""

    def __init__(self, renderable: RenderableType) -> None:
        self.renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.segment import Segment

        for line in console.render_lines(self.renderable, options, pad=False):
            text = inert("".join(segment.text for segment in line))
            for segment in line:  # as long as before: each character of the text falls to its own segment
                yield Segment(text[: len(segment.text)], segment.style, segment.control)
                text = text[len(segment.text) :]
            yield Segment.line()
