"""How several curves in one picture are told apart: by colour, and by stroke and mark as well."""

from collections.abc import Iterable
from typing import Any

# Blue, vermillion and green are Okabe and Ito's; all of them exceed 3:1 on white.
STROKES = (
    ("#0072B2", "-", "o"),
    ("#D55E00", "--", "s"),
    ("#009E73", "-.", "^"),
    ("#000000", ":", "D"),
    ("#882255", (0, (5, 1, 1, 1, 1, 1)), "v"),
    ("#6B6B6B", (0, (8, 3)), "P"),
)


def strokes(labels: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Give each label what matplotlib's `plot` needs: `color`, `linestyle` and `marker`.

    Raises ValueError where there are more labels than strokes: so many curves tell nothing.
    """
    names = list(labels)
    if len(names) > len(STROKES):
        raise ValueError(f"{len(names)} curves in one picture are too many: {len(STROKES)} can be told apart")
    return {
        name: {"color": colour, "linestyle": line, "marker": mark}
        for name, (colour, line, mark) in zip(names, STROKES, strict=False)
    }
