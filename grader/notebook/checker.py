"""The work of ``check("affine_forward")``: the public cases, on the student's own live functions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from grader.course import (
    Assignment,
    CourseError,
    Question,
    assignments,
    find_course,
    load_assignment,
    read_bundle,
)
from grader.course.assignment import digests
from grader.grading import code as code_questions
from grader.grading import count, score
from grader.model import CaseCount, Finding, Outcome, PartScore, QuestionReport
from grader.notebook.card import Card
from grader.sandbox import LocalSession

_bundles: dict[tuple[str, float], Assignment] = {}


def check_answers(question: str, namespace: Mapping[str, Any]) -> Card:
    """Judge the answers in ``namespace``, to one question or without a name to all; the verdict as a card."""
    try:
        assignment = find_bundle(question, namespace)
        names = [question] if question else [q.name for q in assignment.questions]
        reports = [judge(assignment.question(name), assignment, namespace) for name in names]
    except CourseError as error:
        return Card((), problem=f"{error}.")
    return Card(tuple(reports))


def find_bundle(question: str = "", namespace: Mapping[str, Any] | None = None) -> Assignment:
    """The cases that are named in the environment, or the bundle beside the notebook.

    Of several with the question it is the one that this notebook answers. A course is code: it is only used
    where it is named, or where this notebook lies within it.
    """
    here = Path.cwd()
    bundles: list[Assignment]
    if os.environ.get("GRADER_CASES"):
        bundles = [_read(Path(os.environ["GRADER_CASES"]))]
    elif paths := [path for place in (here, *here.parents[:2]) for path in sorted(place.glob("*.cases"))]:
        bundles = [_read(path) for path in paths]
    else:
        bundles = [_recorded(course, name) for course in _courses(here) for name in assignments(course)]
    if not bundles:
        raise CourseError(
            f"no .cases file was found in {here}; download it from your course and put it beside this "
            "notebook (on Colab: the Files panel at the left, then upload)"
        )
    asked = [b for b in bundles if not question or any(q.name == question for q in b.questions)]
    defined = frozenset(namespace or ())
    return max(asked or bundles, key=lambda bundle: len(bundle.roots & defined) / len(bundle.roots))


def _courses(here: Path) -> list[Path]:
    """The course that is named, or the one around the notebook's own folder; for an instructor."""
    if os.environ.get("GRADER_COURSE"):
        return [Path(os.environ["GRADER_COURSE"]).resolve()]
    course = find_course(here, here)
    return [] if course is None else [course]


@cache
def _recorded(course: Path, name: str) -> Assignment:
    return load_assignment(course, name)


def _read(path: Path) -> Assignment:
    try:
        place = (str(path), path.stat().st_mtime)
    except OSError as error:
        raise CourseError(f"the cases in {path} cannot be read: {error.strerror or error}") from error
    if place not in _bundles:
        _bundles[place] = read_bundle(path)
    return _bundles[place]


def judge(question: Question, assignment: Assignment, namespace: Mapping[str, Any]) -> QuestionReport:
    """The report of one question, from live objects."""
    if question.kind == "code":
        report = _run(question, assignment, namespace)
        if report.status in ("passed", "not_attempted"):
            return report
        wrong = [name for name in question.needs if _fails(name, assignment, namespace)]
        if not wrong:
            return report
        waiting = " and ".join(f"`{name}`" for name in wrong)
        if report.score > 0:
            return replace(
                report, message=f"Mend {waiting} first: this answer builds on it. {report.message}"
            )
        return _said(question, "blocked", f"Waiting for {waiting}: this answer builds on it.")
    if question.kind == "literal" and question.name in assignment.digests:
        return _literal(question, assignment, namespace)
    messages = {
        "literal": "Recorded; it is compared at grading.",
        "experiment": "Your net is trained and judged at grading.",
        "written": "A person reads this answer.",
    }
    return _said(question, "awaiting_review", messages[question.kind])


def _fails(name: str, assignment: Assignment, namespace: Mapping[str, Any]) -> bool:
    needed = assignment.question(name)
    return needed.kind == "code" and _run(needed, assignment, namespace).status != "passed"


def _run(question: Question, assignment: Assignment, namespace: Mapping[str, Any]) -> QuestionReport:
    cases = [case for case in assignment.public if case.question == question.name]
    outcomes = code_questions.judge(question, cases, LocalSession(namespace), assignment)
    judged = score(question, outcomes)
    bad = [o for o in outcomes if o.scored and o.status not in ("passed", "kink")]
    first = min(bad, key=lambda o: (o.status == "skipped", o.rung), default=None)
    return QuestionReport(
        question.name,
        question.title,
        question.kind,
        judged.status,
        judged.points,
        question.max_score,
        first.message if first is not None else "",
        judged.parts,
        count(outcomes, hidden=False, total=len(cases)),
        CaseCount(assignment.hidden_counts.get(question.name, 0)),
        outcomes=tuple(outcomes),
    )


def _literal(question: Question, assignment: Assignment, namespace: Mapping[str, Any]) -> QuestionReport:
    expected = assignment.digests[question.name]
    answer = namespace.get(question.name)
    if not isinstance(answer, dict) or all(value is None for value in answer.values()):
        return _said(question, "not_attempted", f"Fill in `{question.name}`, and run its cell.")
    digests_given = digests(assignment.name, question.name, answer)
    outcomes = tuple(_entry(key, digest, answer, digests_given) for key, digest in expected.items())
    right = sum(outcome.status == "passed" for outcome in outcomes)
    points = question.max_score * right / len(expected)
    wrong = [outcome.case for outcome in outcomes if outcome.status != "passed"]
    message = f"{right} of {len(expected)} are right; look again at {', '.join(wrong)}." if wrong else ""
    return QuestionReport(
        question.name,
        question.title,
        question.kind,
        "passed" if not wrong else "partial" if right else "failed",
        round(points, 2),
        question.max_score,
        message,
        (PartScore("answer", round(points, 2), question.max_score),),
        CaseCount(len(expected), len(expected), right),
        outcomes=outcomes,
    )


def _entry(key: str, digest: str, answer: Mapping[str, Any], digests_given: Mapping[str, str]) -> Outcome:
    if digests_given.get(key) == digest:
        return Outcome("literal", "passed", False, f"`{key}` is right.", part="answer", case=key)
    message = f"`{key}` is not {answer.get(key)!r:.60}."
    finding = Finding("literal", message, {"entry": key})
    return Outcome("literal", "failed", False, message, part="answer", case=key, findings=(finding,))


def _said(question: Question, status: Any, message: str) -> QuestionReport:
    return QuestionReport(
        question.name, question.title, question.kind, status, 0.0, question.max_score, message
    )
