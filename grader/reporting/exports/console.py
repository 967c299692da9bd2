"""A report for the terminal: a table, the first failure in full, and where the page is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from grader.messages import say, sentence, value_text
from grader.model import Report
from grader.model.statuses import QUESTION_STATUSES
from grader.reporting.commands import Inert
from grader.reporting.exports import Export
from grader.reporting.failures import Failure, first_failure
from grader.reporting.statuses import question_word
from grader.reporting.summary import all_cases_sentence, summary_sentence
from grader.reporting.text import code_spans, count_of, fit, join_names, one_line, points

if TYPE_CHECKING:
    from rich.constrain import Constrain
    from rich.table import Table
    from rich.text import Text

_STYLES = {"good": "green", "part": "yellow", "bad": "red", "open": "blue", "ours": "magenta", "quiet": "dim"}
_LONGEST = 4000
_NOTES = 20


def terminal(report: Report, *, page: str | None, width: int = 80) -> Constrain:
    """For ``rich`` to print, at most ``width`` columns wide. ``page``: where the page was written."""
    from rich.console import Group
    from rich.constrain import Constrain
    from rich.padding import Padding
    from rich.text import Text

    title = report.assignment.title or report.assignment.name
    score = f"{points(report.score)} of {points(report.max_score)} points"
    if report.provisional:
        score += ", provisional"
    parts: list[Text | Table | Padding] = [
        Text(f"{one_line(title)} · {one_line(report.submission.id)}", "bold")
    ]
    parts += [Text(score), _sentence(summary_sentence(report)), Text()]
    if report.problem:
        parts += [_sentence(say(report.problem), "red"), Text()]
    else:
        parts += [_table(report, width), Text()]
    first = first_failure(report)
    if first is not None:
        question, failure = first
        parts += [
            Text(one_line(question.title or question.name), "bold"),
            Padding(_failure_text(failure), (0, 0, 0, 2)),
        ]
        parts.append(Text())
    notes = [note for note in report.notes if note != report.problem]
    parts += [_sentence(f"Note: {say(note)}") for note in notes[:_NOTES]]
    parts += [Text(f"… and {count_of(len(notes) - _NOTES, 'more note')}")] if len(notes) > _NOTES else []
    cases = all_cases_sentence(report)
    parts += [Text(cases)] if cases and not report.problem else []
    parts += [Text(f"Page: {one_line(page)}", overflow="fold")] if page else []
    return Constrain(Inert(Group(*parts)), width)


def terminal_text(report: Report, *, page: str | None, width: int = 80) -> str:
    """The same as plain text: no colour, no control characters."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(
        file=out, width=width, color_system=None, force_terminal=False, highlight=False, markup=False
    )
    console.print(terminal(report, page=page, width=width))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table(report: Report, width: int) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, width=min(width, 100), header_style="dim")
    table.add_column("Question", ratio=1, overflow="fold")
    table.add_column("Verdict", max_width=max(20, width // 2 - 8), overflow="fold")
    table.add_column("Points", justify="right", no_wrap=True)
    for question in report.questions:
        word = question_word(question)
        text = word.word
        if question.status == "blocked" and question.blocked_by:
            text = f"waiting for {join_names(question.blocked_by)}".replace("`", "")
        hushed = not QUESTION_STATUSES[question.status].shows_points
        score = f"{'–' if hushed else points(question.score)}/{points(question.max_score)}"
        style = _STYLES[word.tone]
        verdict = Text(f"{word.sign} {one_line(text)}", style)
        table.add_row(Text(one_line(question.name)), verdict, Text(score, "dim" if hushed else ""))
    return table


def _failure_text(failure: Failure) -> Text:
    """A failure in full: why, what was tried, what was expected, what came."""
    from rich.text import Text

    outcome, evidence = failure.outcome, failure.outcome.evidence
    line = Text(overflow="fold")
    where = f" with {one_line(outcome.case)}" if outcome.case else ""
    line.append(one_line(", ".join(failure.parts)), "bold").append(f"{where}\n", "dim")
    line.append_text(_sentence(sentence(outcome))).append("\n")
    if evidence is not None:
        if evidence.place is not None:
            place = evidence.place
            line.append(f"\n{one_line(place.cell)}, line {place.line}:\n", "dim").append(
                f"{one_line(place.text)}\n"
            )
        blocks = (
            ("Tried", evidence.snippet),
            ("Expected", value_text(evidence.expected)),
            ("Yours", value_text(evidence.actual)),
        )
        for name, text in blocks:
            line.append(f"\n{name}\n", "dim").append(f"{fit(text, _LONGEST)}\n")
    if failure.others:
        line.append(f"\n{failure.others}\n", "dim")
    line.rstrip()
    return line


def _sentence(message: str, style: str = "") -> Text:
    """A message as text, its `backticks` as code. Never as markup: students write brackets too."""
    from rich.text import Text

    text = Text(style=style, overflow="fold")
    for piece, code in code_spans(one_line(message)):
        text.append(piece, "bold" if code else "")
    return text


EXPORT = Export("console", "report.txt", of_report=lambda report: terminal_text(report, page=None))
