"""The work of ``check("affine_forward")``: the public cases, on the student's own live functions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grader.course import (
    CourseError,
    PublicAssignment,
    Question,
    assignments,
    find_course,
    load_assignment,
    read_bundle,
)
from grader.grading.kinds import question_kind
from grader.grading.report import question_report
from grader.model import QuestionReport
from grader.notebook.card import Card

_bundles: dict[tuple[str, float], PublicAssignment] = {}


def check_answers(question: str, namespace: Mapping[str, Any]) -> Card:
    """Judge the answers in ``namespace``, to one question or without a name to all; the verdict as a card."""
    try:
        assignment = find_bundle(question, namespace)
        names = [question] if question else [q.name for q in assignment.questions]
        reports = [judge(assignment.question(name), assignment, namespace) for name in names]
    except CourseError as error:
        return Card((), problem=f"{error}.")
    return Card(tuple(reports))


def find_bundle(question: str = "", namespace: Mapping[str, Any] | None = None) -> PublicAssignment:
    """The cases that are named in the environment, or the bundle beside the notebook.

    Of several with the question it is the one that this notebook answers. A course is code: it is only used
    where it is named, or where this notebook lies within it.
    """
    here = Path.cwd()
    bundles: list[PublicAssignment]
    if os.environ.get("GRADER_CASES"):
        bundles = [_read(Path(os.environ["GRADER_CASES"]))]
    elif paths := [path for place in (here, *here.parents[:2]) for path in sorted(place.glob("*.cases"))]:
        bundles = [_read(path) for path in paths]
    else:
        bundles = [
            _load_from_course(course, name) for course in _courses(here) for name in assignments(course)
        ]
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
def _load_from_course(course: Path, name: str) -> PublicAssignment:
    return load_assignment(course, name)


def _read(path: Path) -> PublicAssignment:
    try:
        place = (str(path), path.stat().st_mtime)
    except OSError as error:
        raise CourseError(f"the cases in {path} cannot be read: {error.strerror or error}") from error
    if place not in _bundles:
        _bundles[place] = read_bundle(path)
    return _bundles[place]


def judge(question: Question, assignment: PublicAssignment, namespace: Mapping[str, Any]) -> QuestionReport:
    """The report of one question, from live objects: what ``grade`` says of it too, without hidden cases."""
    judgement = question_kind(question.kind).check(question, assignment, namespace)
    return question_report(question, assignment, judgement)
