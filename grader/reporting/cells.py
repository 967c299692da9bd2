"""The student's own notebook, cell by cell, with the verdicts beside the answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from grader.model import Cell, QuestionReport, Report
from grader.reporting.highlight import python
from grader.reporting.statuses import Word, question_word
from grader.reporting.text import shortened
from grader.reporting.written import markdown

_LONGEST_CELL = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question that a cell answers."""

    number: int
    question: QuestionReport
    word: Word


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell, ready to be shown; ``numbers`` is the column of line numbers beside code."""

    index: int
    cell: Cell
    body: Markup
    numbers: Markup
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class CellGroup:
    """Neighbouring cells: either answers, or ``aside`` ones, which no question is about."""

    aside: bool
    cells: tuple[CellView, ...]

    @property
    def name(self) -> str:
        """What the group is called when it is folded."""
        first, last = self.cells[0].cell.label, self.cells[-1].cell.label
        return first if len(self.cells) == 1 else f"{first} to {last}"


def cell_groups(report: Report) -> list[CellGroup]:
    """The notebook's cells in order, those that answer nothing in groups."""
    views = [_view(index, cell, report) for index, cell in enumerate(report.cells)]
    runs = groupby(views, key=lambda view: not view.verdicts and not view.cell.problem)
    return [CellGroup(aside, tuple(run)) for aside, run in runs]


def _view(index: int, cell: Cell, report: Report) -> CellView:
    verdicts = tuple(_verdicts(index, report))
    source = shortened(cell.source.rstrip("\n"), _LONGEST_CELL)
    if cell.kind == "markdown":
        return CellView(index, cell, markdown(source), Markup(""), verdicts)
    body = python(source)
    return CellView(index, cell, body, _numbers(body.count("\n") + 1, _marked(cell, verdicts)), verdicts)


def _verdicts(index: int, report: Report) -> Iterator[Verdict]:
    for number, question in enumerate(report.questions, 1):
        if index in question.cells:
            yield Verdict(number, question, question_word(question))


def _marked(cell: Cell, verdicts: tuple[Verdict, ...]) -> set[int]:
    """The lines of a cell that an error was raised on."""
    evidence = [o.evidence for verdict in verdicts for o in verdict.question.outcomes if o.evidence]
    return {e.place.line for e in evidence if e.place is not None and e.place.cell == cell.label}


def _numbers(count: int, marked: set[int]) -> Markup:
    """The line numbers 1 … count, those in ``marked`` with a sign."""
    lines = (f"<b>{n}</b>" if n in marked else str(n) for n in range(1, count + 1))
    return Markup("\n".join(lines))
