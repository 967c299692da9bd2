"""Reports → pages and exports, one file a format. Showing never regrades.

Libraries are loaded when a format is first made, so that importing this costs a command line nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.model import QuestionReport, Report, Verification
from grader.reporting.summary import summary_sentence

if TYPE_CHECKING:
    from rich.constrain import Constrain

__all__ = [
    "class_entry",
    "class_page",
    "explain_answer",
    "grades_csv",
    "junit_xml",
    "safe_line",
    "step_summary",
    "student_page",
    "summary_sentence",
    "terminal",
    "terminal_text",
    "verification_page",
]


def student_page(report: Report) -> str:
    """A report as the student's page: one HTML file that needs nothing else."""
    from grader.reporting.pages.student import student_page

    return student_page(report)


def class_entry(report: Report) -> Report:
    """What the class page and the table of grades need of a report: a small one, to be kept for a class."""
    from grader.reporting.pages.entries import class_entry

    return class_entry(report)


def class_page(reports: Sequence[Report], *, run: Mapping[str, Any]) -> str:
    """The instructor's page; links go to ``students/<id>/feedback.html``.

    ``reports`` may be whole or what ``class_entry`` keeps of them: the page is the same. ``run``: when it
    ``started``, ``seconds``, and ``skipped_entries``, pairs of a name and the reason why it was not graded.
    """
    from grader.reporting.pages.classroom import class_page

    return class_page(reports, run=run)


def grades_csv(reports: Sequence[Report]) -> str:
    """One row a submission: score, and score and status of each question."""
    from grader.reporting.exports.spreadsheet import grades_csv

    return grades_csv(reports)


def junit_xml(report: Report) -> str:
    """A report as JUnit XML: one test a question, the whole story in the body."""
    from grader.reporting.exports.junit import junit_xml

    return junit_xml(report)


def safe_line(text: str) -> str:
    """Text that may hold a student's words as one line for a terminal or a log, which obeys nothing in it."""
    from grader.reporting.commands import inert
    from grader.reporting.text import one_line

    return inert(one_line(text))


def step_summary(report: Report) -> str:
    """A report as Markdown for ``$GITHUB_STEP_SUMMARY``."""
    from grader.reporting.exports.github import step_summary

    return step_summary(report)


def terminal(report: Report, *, page: str | None, width: int = 80) -> Constrain:
    """A report for ``rich`` to print. ``page``: where the page was written."""
    from grader.reporting.exports.console import terminal

    return terminal(report, page=page, width=width)


def terminal_text(report: Report, *, page: str | None, width: int = 80) -> str:
    """The same as plain text, for what is not a terminal."""
    from grader.reporting.exports.console import terminal_text

    return terminal_text(report, page=page, width=width)


def verification_page(verification: Verification) -> str:
    """What verifying a rubric found, as a page: what kills what."""
    from grader.reporting.pages.verification import verification_page

    return verification_page(verification)


def explain_answer(report: Report, question: QuestionReport) -> str:
    """All that is known of one answer, as plain text."""
    from grader.reporting.explanation import explain_answer

    return explain_answer(report, question)
