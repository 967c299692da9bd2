r"""What one page may cost: work for its cells, characters of HTML, characters of a student's text.

Markdown-it, Pygments and latex2mathml cannot be interrupted, and each has inputs that take it long. So what a
cell may cost is known before it is rendered, from its text alone: the same report gives the same page. The
clock is a last resort, four times beyond what the estimate admits.

A unit of work is a microsecond for the worst input that was found. Worst single calls, in seconds of
processor time, printed by ``python -m benchmarks.pages`` (AMD64, Python 3.11):

- markdown-it, 8,000 characters: 0.35 of ``- $$`` lines, 0.34 of ``![`` (20,000: 2.1 and 0.5); a table as
  large takes 1.8 and is not rendered;
- Pygments, 20,000 characters: 0.54 of ``"\N{``, 0.42 of backticks;
- latex2mathml, 2,000 characters: 0.08 of ``x'``;
- a page of 2,000 such cells: 4.9 of ``- $$`` lines, and 1.5 MB at most.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Literal

Kind = Literal["markdown", "code"]

LONGEST_RICH: dict[Kind, int] = {"markdown": 8_000, "code": 20_000}
"""Characters of one cell. Markdown-it needs time in the square of them for ``- $$``, Pygments nearly so."""
CELL_WORK = 1_000_000
PAGE_WORK = 5_000_000
"""For all cells: an ordinary notebook of 270,000 characters, or 5 s of the worst."""
PAGE_SECONDS = 20.0
"""Of processor time, for the cells of a page."""
NOTEBOOK_SIZE = 1_500_000
"""Characters of HTML of all cells."""
TEXT_SIZE = 250_000
"""Characters of all other texts that came from a student: as long as they last, each comes in full."""
SHORTEST_TEXT = 200
"""Characters that a text keeps when ``TEXT_SIZE`` is spent."""
PAGE_POINTS = 200_000
"""Points of all lines of all plots."""

_PIECE = re.compile(r"[^\W_]+|\s{1,2}|.", re.DOTALL)
_PIECE_WORK = 40
"""Both parsers work by pieces: a name, some white space, a character that may mean something."""
_TABLE_CELL_WORK = 25
"""A row of one character fills all the columns of a table: 5,000 characters made 60,000 cells."""


class Budget:
    """What is left for one page. ``clock`` gives seconds of processor time."""

    def __init__(
        self,
        *,
        work: int = PAGE_WORK,
        size: int = NOTEBOOK_SIZE,
        text: int = TEXT_SIZE,
        points: int = PAGE_POINTS,
        clock: Callable[[], float] = time.process_time,
    ) -> None:
        self.work_left = work
        self.size_left = size
        self.text_left = text
        self.points_left = points
        self.spent = False
        """Whether the work that is left did not do for a cell: from there on cells are plain."""
        self._clock = clock
        self._deadline = clock() + PAGE_SECONDS

    def rich(self, kind: Kind, text: str, read: int = 0) -> bool:
        """Whether a cell can be rendered with colours and formulas; if so, its work is taken off.

        ``read``: characters that ``text`` was made from; a thousand accents become a few words.
        """
        cost = work(kind, text) + read
        if self.spent or len(text) > LONGEST_RICH[kind] or cost > CELL_WORK:
            return False
        if cost > self.work_left or self._clock() > self._deadline:
            self.spent = True
            return False
        self.work_left -= cost
        return True

    def add(self, size: int) -> bool:
        """Whether HTML of this size still fits; if so, it is taken off. None fits after one that did not."""
        self.size_left = self.size_left - size if size <= self.size_left else 0
        return self.size_left > 0

    def characters(self, most: int) -> int:
        """How many characters the next text may have, ``most`` at most."""
        return max(min(most, self.text_left), min(most, SHORTEST_TEXT))

    def add_text(self, size: int) -> None:
        """Take the characters of a text off."""
        self.text_left = max(0, self.text_left - size)

    def add_points(self, count: int) -> bool:
        """Whether a plot of so many points still fits; if so, they are taken off."""
        fits = count <= self.points_left
        self.points_left -= count if fits else 0
        return fits


def work(kind: Kind, text: str) -> int:
    """An upper estimate of the microseconds that a text takes to render, within ``LONGEST_RICH``."""
    if len(text) > LONGEST_RICH[kind]:
        return CELL_WORK + 1
    cost = len(text) + _PIECE_WORK * len(_PIECE.findall(text))
    if kind == "markdown" and "|" in text:
        lines = text.split("\n")
        cost += _TABLE_CELL_WORK * len(lines) * max(line.count("|") for line in lines)
    return cost
