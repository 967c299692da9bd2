"""A report as the student's page: one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model import Finding, Outcome, QuestionReport, Report
from grader.reporting import failures as told
from grader.reporting.arrays import Piece, side_by_side
from grader.reporting.cells import cell_groups
from grader.reporting.charts import Row, chart_row, track_plot
from grader.reporting.pages import page
from grader.reporting.pictures import ErrorBar, HeatMap, error_bar, heat_map
from grader.reporting.statuses import QUESTION_WORDS, WRONG, Word, question_word
from grader.reporting.strip import strip
from grader.reporting.summary import cases_sentence, next_question, summary_sentence
from grader.reporting.text import counted, listed, shortened

_LONGEST_OUTPUT = 4000


@dataclass(frozen=True, slots=True)
class FailureView:
    """One failure, ready to be shown."""

    outcome: Outcome
    why: str
    parts: str
    category: str
    others: str
    expected: list[Piece]
    actual: list[Piece]
    bar: ErrorBar | None
    heat: HeatMap | None
    snippet: str
    tried_above: bool
    """The same inputs as in the failure before: not printed twice."""
    cell: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """One question, ready to be shown."""

    number: int
    question: QuestionReport
    word: Word
    open: bool
    message: str
    cases: str
    mistake: Finding | None
    """The known mistake that this answer is."""
    failures: list[FailureView]
    asides: list[str]
    entries: list[Outcome]
    charts: Row | None
    output: str


def student_page(report: Report) -> str:
    """The page of one submission."""
    upcoming = next_question(report)
    wrong_now = upcoming if upcoming is not None and upcoming.status in WRONG else None
    labels = {cell.label: index for index, cell in enumerate(report.cells)}
    cards = [
        _card(number, question, report, labels, question is wrong_now)
        for number, question in enumerate(report.questions, 1)
    ]
    return page(
        "student.html",
        report=report,
        sentence=summary_sentence(report),
        advice=_advice(report, upcoming),
        upcoming=next((card for card in cards if card.question is upcoming), None),
        cards=cards,
        segments=strip(report),
        groups=cell_groups(report),
        words=QUESTION_WORDS,
    )


def _card(
    number: int, question: QuestionReport, report: Report, labels: dict[str, int], is_open: bool
) -> Card:
    found = (
        told.failures(question) if question.status not in ("blocked", "grader_fault", "not_attempted") else []
    )
    entries = told.entries(question)
    found = [] if entries else found
    views = _views(found, labels)
    mistake = told.mistake(question)
    message = "" if any(view.outcome.message == question.message for view in views) else question.message
    tracks = [run for o in question.outcomes if (run := track_plot(o, question.name)) is not None]
    asides = told.asides(question, found) if question.status in (*WRONG, "passed") else []
    return Card(
        number,
        question,
        question_word(question),
        is_open,
        message,
        "" if entries and message else cases_sentence(report, question),  # the message counts entries
        mistake,
        views,
        asides,
        entries,
        chart_row([*question.plots, *tracks]),
        shortened(question.output, _LONGEST_OUTPUT),
    )


def _why(outcome: Outcome) -> str:
    """A failure in a sentence; the known mistake stands above all of them already."""
    if not outcome.findings or outcome.findings[0].kind != "mistake":
        return outcome.message
    own = [finding.message for finding in outcome.findings[1:]]
    return own[0] if own else "This is not right."


def _views(found: list[told.Failure], labels: dict[str, int]) -> list[FailureView]:
    views: list[FailureView] = []
    seen: set[str] = set()
    for failure in found:
        outcome, evidence = failure.outcome, failure.outcome.evidence
        expected, actual = side_by_side(evidence.expected, evidence.actual) if evidence else ([], [])
        snippet = evidence.snippet if evidence else ""
        place = evidence.place if evidence else None
        views.append(
            FailureView(
                outcome,
                _why(outcome),
                listed(failure.parts),
                told.category(outcome),
                failure.others,
                expected,
                actual,
                error_bar(outcome) if evidence else None,
                heat_map(outcome),
                snippet,
                snippet in seen,
                labels.get(place.cell) if place is not None else None,
            )
        )
        seen.add(snippet)
    return views


def _advice(report: Report, upcoming: QuestionReport | None) -> str:
    """What to do next, where it is not simply the next question."""
    if report.problem:
        return (
            "Open your notebook in Jupyter, save it, and hand in the saved file. If it does not open there "
            "either, copy your answers into a fresh copy of the notebook."
        )
    if upcoming is not None:
        return ""
    waiting = sum(q.status == "awaiting_review" for q in report.questions)
    if waiting:
        return f"There is nothing to put right. {counted(waiting, 'answer')} will be read by a person."
    return "There is nothing to put right."
