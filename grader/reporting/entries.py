"""What is kept of a report for a class: what the class page and the table of grades read, and no more."""

from __future__ import annotations

from dataclasses import replace

from grader.model import Evidence, Finding, Outcome, QuestionReport, Report
from grader.reporting.classroom import LONGEST_MESSAGE, telling_fields
from grader.reporting.failures import behind_first_failure
from grader.reporting.statuses import WRONG
from grader.reporting.text import brief

_SOME_EVIDENCE = Evidence("", "", "")
"""Stands for what was there: two failures without evidence are told as one, two with it are not."""


def class_entry(report: Report) -> Report:
    """The report without cells, plots, outputs, tolerances and notes; of each question the first failure.

    ``class_page`` and ``grades_csv`` give the same for it, byte for byte.
    """
    return replace(
        report,
        questions=tuple(_question(question) for question in report.questions),
        problem=brief(report.problem, LONGEST_MESSAGE),
        notes=(),
        cells=(),
        tolerances={},
    )


def shared(entry: Report, known: dict[str, QuestionReport]) -> Report:
    """The same entry, made of questions in ``known`` where those are alike; what is new is added to it.

    Most answers of a class end in one of a few ways: what is kept of them is kept once.
    """
    return replace(entry, questions=tuple(known.setdefault(repr(q), q) for q in entry.questions))


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
        brief(question.message, LONGEST_MESSAGE),
        tuple(part for part in question.parts if part.name in lost),
        outcomes=tuple(map(_outcome, outcomes)),
    )


def _outcome(outcome: Outcome) -> Outcome:
    return replace(
        outcome,
        message=brief(outcome.message, LONGEST_MESSAGE),
        findings=tuple(map(_finding, outcome.findings[:1])),
        measurements={},
        evidence=_SOME_EVIDENCE if outcome.evidence is not None else None,
    )


def _finding(finding: Finding) -> Finding:
    return Finding(finding.kind, "", dict(telling_fields(finding)))
