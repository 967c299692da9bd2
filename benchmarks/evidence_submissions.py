"""Whole right submissions, graded as students' are: for ``benchmarks.evidence``."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import CourseAssignment
from grader.grading import grade
from grader.intake import read_submission
from grader.messages import headline, say
from grader.model import Case, Report
from grader.sandbox import Sandbox
from tests.goldens import REWRITINGS, goldens, write


@dataclass(frozen=True)
class Graded:
    """One right submission, and what it lacks of what is due."""

    name: str
    lacks: tuple[str, ...]


def graded_rewritings(
    assignments: Mapping[str, CourseAssignment], cases: Mapping[str, Sequence[Case]]
) -> list[Graded]:
    """The rewritings, and the golden submissions that expect full points."""
    right = [*goldens(REWRITINGS), *(golden for golden in goldens() if golden.expect.get("full"))]
    found = []
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        for golden in right:
            assignment = assignments[golden.assignment]
            hidden = tuple(case for case in cases[golden.assignment] if case.hidden)
            asked = [question.name for question in assignment.questions if question.kind == "code"]
            submission = read_submission(write(golden, Path(folder)), assignment.roots)
            report = grade(submission, assignment, sandbox, hidden=hidden, only=asked)
            found.append(Graded(golden.name, tuple(_lacks(report))))
    return found


def _lacks(report: Report) -> list[str]:
    problems = [say(report.problem)] if report.problem else []
    return problems + [
        f"{question.name}: {question.status}, {headline(question)}"
        for question in report.questions
        if question.score != question.max_score
    ]
