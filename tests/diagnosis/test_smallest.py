"""The smallest failing case: no smaller rung fails, and its snippet, run, gives what the page shows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.folder import load_reference, load_rubric
from grader.course.variants import load_variants
from grader.diagnosis.evidence import value_of
from grader.grading.cases import judge_cases
from grader.model.statuses import PASSING
from grader.model.verdicts import first_failure
from grader.sandbox import LocalSession
from tests.implementations import implementation

PLANTED = {
    "two_layer_net": [
        "affine_forward",
        "affine_backward",
        "relu_forward",
        "relu_backward",
        "softmax_loss",
        "svm_loss",
        "sgd",
        "TwoLayerNet.loss",
        "TwoLayerNet.gradients",
    ],
    "fully_connected_nets": ["sgd_momentum", "rmsprop", "adam", "FullyConnectedNet.gradients"],
    "deep_nets": ["batchnorm_forward", "batchnorm_backward", "layernorm_forward", "layernorm_backward"],
}
"""Questions; the first two known mistakes of each are planted."""


def planted(course: Path) -> list[tuple[str, Any]]:
    found = []
    for name, questions in PLANTED.items():
        for question in questions:
            mine = [v for v in load_variants(course, "mistakes") if v.question == question]
            found += [(name, variant) for variant in mine[:2]]
    return found


COURSE = Path(__file__).resolve().parent.parent.parent
MISTAKES = planted(COURSE)


@pytest.fixture(scope="module")
def assignments() -> dict[str, CourseAssignment]:
    return {name: load_assignment(COURSE, name) for name in PLANTED}


def test_there_are_twenty() -> None:
    assert len(MISTAKES) >= 20


@pytest.mark.parametrize(("name", "variant"), MISTAKES, ids=[variant.id for _, variant in MISTAKES])
def test_it_is_the_smallest_and_fails_as_shown(
    assignments: dict[str, CourseAssignment], name: str, variant: Any
) -> None:
    assignment = assignments[name]
    modules = load_reference(COURSE, load_rubric(COURSE, name).reference)
    question = assignment.question(variant.question)

    def made() -> dict[str, Any]:
        return implementation(variant, question.definition, modules, assignment.reference)

    cases = [case for case in assignment.public if case.question == question.name]
    outcomes = judge_cases(question, cases, LocalSession(made()), assignment)
    first = first_failure(outcomes)
    assert first is not None
    family = first.rung // 100
    smaller = [
        o for o in outcomes if o.rung // 100 == family and o.rung < first.rung and o.part == first.part
    ]
    assert all(o.status in PASSING for o in smaller if o.scored)
    evidence = first.evidence
    assert evidence is not None
    if evidence.actual.what in ("nothing", "overwritten"):
        return
    shown: list[Any] = []
    namespace = {**made(), "np": np, "print": shown.append}
    with np.errstate(all="ignore"):
        exec(evidence.snippet, namespace)
    assert value_of(shown[0]) == evidence.actual
    assert evidence.actual != evidence.expected
