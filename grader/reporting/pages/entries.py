"""What is kept of a report for a class: what the class page and the table of grades read, and no more."""

from __future__ import annotations

from dataclasses import replace

from grader.model import Evidence, Finding, Outcome, QuestionReport, Report, Value
from grader.model.findings import values_of, with_fields
from grader.model.statuses import WRONG
from grader.reporting.failures import behind_first_failure
from grader.reporting.pages.classroom import LONGEST_MESSAGE, notes_on_files
from grader.reporting.text import brief

_SOME_EVIDENCE = Evidence("", Value("nothing"), Value("nothing"))
"""Stands for what was there: two failures without evidence are told as one, two with it are not."""


def class_entry(report: Report) -> Report:
    """The report without cells, plots, outputs and tolerances; of each question the first failure.

    Of the notes those are kept that say what was not read, or which of several files was.

    ``class_page`` and ``grades_csv`` give the same for it, byte for byte.
    """
    return replace(
        report,
        questions=tuple(_question(question) for question in report.questions),
        notes=tuple(map(_short, notes_on_files(report))),
        problem=_short(report.problem) if report.problem is not None else None,
        cells=(),
        tolerances={},
    )


def share_questions(entry: Report, unique_questions: dict[str, QuestionReport]) -> Report:
    """Replace the questions of an entry by equal ones in ``unique_questions``, to which new ones are added.

    Most answers of a class end in one of a few ways: what is kept of them is kept once.
    """
    return replace(entry, questions=tuple(unique_questions.setdefault(repr(q), q) for q in entry.questions))


def _question(question: QuestionReport) -> QuestionReport:
    outcomes = behind_first_failure(question) if question.status in WRONG else []
    lost = {outcome.part for outcome in outcomes}
    return QuestionReport(
        question.name,
        question.title,
        question.kind,
        question.status,
        question.score,
        question.max_score,
        tuple(map(_short, question.findings)),
        question.in_hidden_case,
        tuple(part for part in question.parts if part.name in lost),
        outcomes=tuple(map(_outcome, outcomes)),
    )


def _outcome(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        findings=tuple(map(_short, outcome.findings[:1])),
        measurements={},
        evidence=_SOME_EVIDENCE if outcome.evidence is not None else None,
    )


def _short(finding: Finding) -> Finding:
    """A finding whose texts are no longer than what is shown of them."""
    long = {n: v for n, v in values_of(finding).items() if isinstance(v, str) and len(v) > LONGEST_MESSAGE}
    return with_fields(finding, **{name: brief(value, LONGEST_MESSAGE) for name, value in long.items()})
