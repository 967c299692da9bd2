"""A report as the student's page: one HTML file that needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from grader.messages import headline, say, sentence
from grader.model import Outcome, QuestionReport, Report
from grader.model.reasons import AnotherAssignment, KnownMistake
from grader.model.statuses import WRONG
from grader.reporting import failures as failing
from grader.reporting.charts.chart import Row, chart_row, trajectory_plot
from grader.reporting.charts.pictures import ErrorBar, HeatMap, error_bar, heat_map
from grader.reporting.pages import bounds
from grader.reporting.pages.arrays import Piece, side_by_side
from grader.reporting.pages.budget import Budget
from grader.reporting.pages.cells import notebook_view
from grader.reporting.pages.page import page
from grader.reporting.pages.strip import strip
from grader.reporting.statuses import Word, question_word, words_of_statuses
from grader.reporting.summary import cases_sentence, next_question, summary_sentence
from grader.reporting.text import brief, count_of, join_names

_LONGEST_OUTPUT = 4000
_LONGEST_ASIDE = 2000
_LONGEST_LABEL = 200
_ENTRIES = 200
_LINKS = 20
"""Cells of one answer that are linked to."""


@dataclass(frozen=True, slots=True)
class FailureView:
    """One failure, ready to be shown."""

    outcome: Outcome
    why: str
    more: list[str]
    """Further reasons."""
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
    headline: str
    message: str
    """The headline, unless the first failure says the same."""
    cases: str
    mistake: KnownMistake | None
    """The known mistake that this answer is."""
    failures: list[FailureView]
    asides: list[str]
    entries: list[EntryView]
    charts: Row | None
    charts_note: str
    output: str
    links: tuple[CellLink, ...]
    more_links: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of a literal answer."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell of the answer; ``index`` is None where the page does not show it."""

    index: int | None
    label: str


def student_page(report: Report, budget: Budget | None = None) -> str:
    """The page of one submission, within a budget of work and size (see ``budget``).

    The verdict, the points and the questions always come; what is cut or left out says so where it is.
    """
    budget = budget or Budget()
    notebook = notebook_view(report, budget)
    upcoming = next_question(report)
    wrong_now = upcoming if upcoming is not None and upcoming.status in WRONG else None
    labels = {cell.label: index for index, cell in enumerate(report.cells[: notebook.shown])}
    cards = [
        _card(number, question, report, labels, question is wrong_now, notebook.shown, budget)
        for number, question in enumerate(report.questions, 1)
    ]
    return page(
        "student.html",
        report=report,
        sentence=summary_sentence(report),
        advice=_advice(report, upcoming),
        upcoming=next((c for c, q in zip(cards, report.questions, strict=True) if q is upcoming), None),
        cards=cards,
        segments=strip(report),
        problem=bounds.text(say(report.problem), _LONGEST_ASIDE, budget) if report.problem else "",
        notes=bounds.notes([say(note) for note in report.notes if note != report.problem], budget),
        notebook=notebook,
        words=words_of_statuses(),
    )


def _card(
    number: int,
    question: QuestionReport,
    report: Report,
    labels: dict[str, int],
    is_open: bool,
    notebook_shown: int,
    budget: Budget,
) -> Card:
    groups = (
        failing.failures(question)
        if question.status not in ("blocked", "grader_fault", "not_attempted")
        else []
    )
    entries = failing.entries(question)
    groups = [] if entries else groups
    repeated = any(question.findings == failure.outcome.findings[:1] for failure in groups)
    asides = failing.asides(question, groups) if question.status in (*WRONG, "passed") else []
    mistake = failing.mistake(question)
    shown = bounds.question(question, budget)
    message = bounds.text(headline(question), _LONGEST_ASIDE, budget)
    trajectories = [run for o in question.outcomes if (run := trajectory_plot(o, question.name)) is not None]
    plots, missing = bounds.plots([*question.plots, *trajectories], budget)
    return Card(
        number,
        shown,
        question_word(question),
        is_open,
        message,
        "" if repeated else message,
        ""
        if entries and question.findings
        else cases_sentence(report, question),  # the headline counts entries
        bounds.mistake(mistake, budget) if mistake is not None else None,
        _views(groups, labels, budget),
        [bounds.text(aside, _LONGEST_ASIDE, budget) for aside in asides],
        [
            EntryView(entry.status, bounds.text(sentence(entry), _LONGEST_ASIDE, budget))
            for entry in entries[:_ENTRIES]
        ],
        chart_row(plots),
        f"{count_of(missing, 'picture')} left out: too many points or lines." if missing else "",
        bounds.text(question.output, _LONGEST_OUTPUT, budget),
        _links(question, report, notebook_shown),
        max(0, len(question.cells) - _LINKS),
    )


def _links(question: QuestionReport, report: Report, shown: int) -> tuple[CellLink, ...]:
    """The first cells of an answer, those that are on the page with their place."""
    return tuple(
        CellLink(index if index < shown else None, brief(report.cells[index].label, _LONGEST_LABEL))
        for index in question.cells[:_LINKS]
        if index < len(report.cells)
    )


def _reasons(outcome: Outcome, budget: Budget) -> list[str]:
    """A failure in sentences, at least one; the known mistake stands above all of them already."""
    own = [finding for finding in outcome.findings if not isinstance(finding, KnownMistake)]
    if not outcome.findings:
        return [sentence(outcome)]
    reasons = [say(one, hidden=outcome.hidden) for one in own[: bounds.FINDINGS]] or ["This is not right."]
    return [bounds.text(reason, _LONGEST_ASIDE, budget) for reason in dict.fromkeys(reasons)]


def _views(groups: list[failing.Failure], labels: dict[str, int], budget: Budget) -> list[FailureView]:
    views: list[FailureView] = []
    seen: set[str] = set()
    for failure in groups:
        snippet = failure.outcome.evidence.snippet if failure.outcome.evidence else ""
        place = failure.outcome.evidence.place if failure.outcome.evidence else None
        outcome = bounds.outcome(failure.outcome, budget)
        evidence = outcome.evidence
        expected, actual = side_by_side(evidence.expected, evidence.actual) if evidence else ([], [])
        why, *more = _reasons(outcome, budget)
        views.append(
            FailureView(
                outcome,
                why,
                more,
                bounds.text(join_names(failure.parts), _LONGEST_ASIDE, budget),
                failing.category(outcome),
                failure.others,
                expected,
                actual,
                error_bar(outcome) if evidence else None,
                heat_map(outcome),
                evidence.snippet if evidence else "",
                snippet in seen,
                labels.get(place.cell) if place is not None else None,
            )
        )
        seen.add(snippet)
    return views


def _advice(report: Report, upcoming: QuestionReport | None) -> str:
    """What to do next, where it is not simply the next question."""
    if isinstance(report.problem, AnotherAssignment):
        return "Hand in the notebook of this assignment."
    if report.problem:
        return (
            "Open your notebook in Jupyter, save it, and hand in the saved file. If it does not open there "
            "either, copy your answers into a fresh copy of the notebook."
        )
    if upcoming is not None:
        return ""
    waiting = sum(q.status == "awaiting_review" for q in report.questions)
    if waiting:
        return f"There is nothing to put right. {count_of(waiting, 'answer')} will be read by a person."
    return "There is nothing to put right."
