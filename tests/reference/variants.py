"""Variants of the reference, replayed on recorded cases in this process and judged like any answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from grader.checks import judge_case
from grader.course import CourseAssignment
from grader.course.folder import load_reference
from grader.course.variants import Variant
from grader.model import Case, CaseResult, Outcome, Ref
from grader.model.statuses import PASSING
from grader.sandbox.replay import Lookup, evaluate, replay, restore_default_rng
from tests.implementations import implementation

COURSE = Path(__file__).resolve().parents[2]
RULES = ("sgd", "sgd_momentum", "rmsprop", "adam")
Names = Mapping[str, Any]


def made(variant: Variant, assignment: CourseAssignment) -> Names:
    """What a student who differs from the reference in this alone hands in."""
    definition = assignment.question(variant.question).definition
    assert assignment.reference is not None
    home = assignment.reference[definition.partition(".")[0]].__module__
    return implementation(variant, definition, load_reference(COURSE, (home,)), assignment.reference)


def played(case: Case, names: Names) -> CaseResult:
    """A case's results on an implementation; dividing by 0 is its own affair."""
    try:
        with np.errstate(all="ignore"):
            return replay(case, _lookup(names))
    finally:
        restore_default_rng()


def judged(case: Case, names: Names) -> list[Outcome]:
    """The outcomes that decide points."""

    def again(case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        return evaluate(case, _lookup(names), wanted, points)

    return [outcome for outcome in judge_case(case, played(case, names), again) if outcome.scored]


def passes(cases: Iterable[Case], names: Names) -> bool:
    """Whether every outcome passes, judged until one does not."""
    return all(outcome.status in PASSING for case in cases for outcome in judged(case, names))


def _lookup(names: Names) -> Lookup:
    def lookup(name: str) -> Any:
        if name not in names:
            raise NameError(f"name '{name}' is not defined")
        return names[name]

    return lookup
