"""The student's own notebook, cell by cell, with the verdicts beside the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from grader.model import Cell, QuestionReport, Report
from grader.reporting.pages.budget import Budget
from grader.reporting.pages.highlight import python
from grader.reporting.pages.markdown import markdown
from grader.reporting.statuses import Word, question_word
from grader.reporting.text import brief, count_of, fit

_LONGEST_CELL = 20_000
_LONGEST_PLAIN = 2_000
"""Characters of a cell once the page's work is spent."""
_LONGEST_NAME = 2_000
_LONGEST_LABEL_IN_NOTE = 60
_FRAME = 600
"""Characters of HTML around a cell, its label and its badges apart."""
_BADGES = 20
"""Questions that one cell is shown to answer."""
_TOO_LONG = "This cell is long, so it is shown as plain text."


@dataclass(frozen=True, slots=True)
class AnswerBadge:
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
    verdicts: tuple[AnswerBadge, ...]
    note: str = ""


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


@dataclass(frozen=True, slots=True)
class NotebookView:
    """The cells that fit on the page, the first ``shown`` ones, and a sentence on each thing left out."""

    groups: tuple[CellGroup, ...]
    shown: int
    notes: tuple[str, ...]


def notebook_view(report: Report, budget: Budget) -> NotebookView:
    """The notebook's cells in order, those that answer nothing in groups, as far as the budget goes."""
    verdicts = _verdicts(report)
    views: list[CellView] = []
    notes: list[str] = []
    for index, cell in enumerate(report.cells):
        was_spent = budget.spent
        view = _view(index, cell, verdicts.get(index, ()), budget)
        if budget.spent and not was_spent:
            notes.append(_plain_from(cell))
        if not budget.add(_size(view)):
            notes.append(_left_out(report.cells[index:]))
            break
        views.append(view)
    runs = groupby(views, key=lambda view: not view.verdicts and not view.cell.problem)
    return NotebookView(tuple(CellGroup(aside, tuple(run)) for aside, run in runs), len(views), tuple(notes))


def _view(index: int, cell: Cell, verdicts: tuple[AnswerBadge, ...], budget: Budget) -> CellView:
    written = cell.source.rstrip("\n")
    source, rich = "", False
    if not budget.spent:
        source = fit(written, _LONGEST_CELL)
        rich = budget.rich(cell.kind, source, read=min(len(written), _LONGEST_CELL))
    if budget.spent:  # by now: this cell was the first that is too much
        source = fit(written, _LONGEST_PLAIN)
    note = "" if rich or budget.spent else _TOO_LONG
    label, problem = (fit(text, _LONGEST_NAME) for text in (cell.label, cell.problem))
    placeholder = Cell(label, cell.kind, "", problem=problem)
    if cell.kind == "markdown":
        body = markdown(source) if rich else Markup("<pre class=plain>{}</pre>").format(source)
        return CellView(index, placeholder, body, Markup(""), verdicts, note)
    body = python(source) if rich else escape(source)
    numbers = _numbers(body.count("\n") + 1, _error_lines(cell, verdicts))
    return CellView(index, placeholder, body, numbers, verdicts, note)


def _size(view: CellView) -> int:
    """About how many characters of HTML a cell adds: its label comes three times, a fold's name apart."""
    texts = 5 * len(view.cell.label) + len(view.cell.problem)
    badges = sum(_FRAME + len(v.question.name) for v in view.verdicts)
    return _FRAME + len(view.body) + len(view.numbers) + texts + badges


def _plain_from(cell: Cell) -> str:
    label = brief(cell.label, _LONGEST_LABEL_IN_NOTE)
    return (
        f"This notebook is long: from {label} on, cells are shown as plain text, without formulas and "
        "colours, and long cells are cut. That changes no points."
    )


def _left_out(cells: Sequence[Cell]) -> str:
    are = "is" if len(cells) == 1 else "are"
    first = f"The page would become too large: {count_of(len(cells), 'more cell')} {are} not shown"
    return f"{first}, from {brief(cells[0].label, _LONGEST_LABEL_IN_NOTE)} on. That changes no points."


def _verdicts(report: Report) -> Mapping[int, tuple[AnswerBadge, ...]]:
    """The questions that each cell answers, by its place in the notebook."""
    by_cell: dict[int, list[AnswerBadge]] = {}
    for number, question in enumerate(report.questions, 1):
        verdict = AnswerBadge(number, question, question_word(question))
        for index in dict.fromkeys(question.cells):
            by_cell.setdefault(index, []).append(verdict)
    return {index: tuple(verdicts[:_BADGES]) for index, verdicts in by_cell.items()}


def _error_lines(cell: Cell, verdicts: tuple[AnswerBadge, ...]) -> set[int]:
    """The lines of a cell that an error was raised on."""
    evidence = [o.evidence for verdict in verdicts for o in verdict.question.outcomes if o.evidence]
    return {e.place.line for e in evidence if e.place is not None and e.place.cell == cell.label}


def _numbers(count: int, marked: set[int]) -> Markup:
    """The line numbers 1 … count, those in ``marked`` with a sign."""
    lines = (f"<b>{n}</b>" if n in marked else str(n) for n in range(1, count + 1))
    return Markup("\n".join(lines))
