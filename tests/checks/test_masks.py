"""A net with dropout: for whatever masks it drew, there is one loss, and one gradient of each parameter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks.masks import _scales
from grader.course import CourseAssignment, CourseError, load_assignment
from grader.course.assignment import _require_judged
from grader.grading.cases import judge_cases
from grader.model import Case, Check, Input, Outcome, Ref, Step
from grader.model.verdicts import judge as verdict_of
from grader.sandbox import LocalSession

NAME = "FullyConnectedNet.gradients"


@pytest.fixture(scope="module")
def deep(course: Path) -> CourseAssignment:
    return load_assignment(course, "deep_nets")


def outcomes(
    assignment: CourseAssignment, loss: Callable[..., Any] | None, seed: int | None = None
) -> list[Outcome]:
    """What the check says of the reference's net, or of one whose ``loss`` changes what that gives."""
    assert assignment.reference is not None
    assert assignment.record_hidden is not None
    right = assignment.reference["FullyConnectedNet"]
    answer = right
    if loss is not None:
        answer = type("Net", (right,), {"loss": lambda net, X, y=None: loss(net, right.loss(net, X, y))})
    cases = assignment.public if seed is None else assignment.record_hidden(seed, only=[NAME])
    asked = [c for c in cases if c.question == NAME and any(check.kind == "masks" for check in c.checks)]
    session = LocalSession({**assignment.reference, "FullyConnectedNet": answer})
    found = judge_cases(assignment.question(NAME), asked, session, assignment)
    return [outcome for outcome in found if outcome.check == "masks"]


@pytest.mark.parametrize("seed", range(10))
def test_the_right_net_passes_whatever_its_masks_are(deep: CourseAssignment, seed: int) -> None:
    found = outcomes(deep, None, seed)
    assert found
    assert {outcome.status for outcome in found} == {"passed"}


def changed(name: str, factor: float) -> Callable[..., Any]:
    def loss(net: Any, answer: Any) -> Any:
        if not isinstance(answer, tuple):
            return answer
        total, grads = answer
        return total, {**grads, name: factor * grads[name] + (factor != 1) * 0.01}

    return loss


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_a_wrong_gradient_fails(deep: CourseAssignment, name: str) -> None:
    assert "failed" in {outcome.status for outcome in outcomes(deep, changed(name, 1.01))}


def test_a_wrong_loss_fails(deep: CourseAssignment) -> None:
    def loss(net: Any, answer: Any) -> Any:
        return (answer[0] * 1.001, answer[1]) if isinstance(answer, tuple) else answer

    assert {outcome.status for outcome in outcomes(deep, loss)} == {"failed"}


def last_unregularised(net: Any, total: float, grads: Any) -> Any:
    last = max(name for name in grads if name[0] == "W")
    W = net.params[last]
    return total - 0.5 * net.reg * np.sum(W**2), {**grads, last: grads[last] - net.reg * W}


def biases_regularised(net: Any, total: float, grads: Any) -> Any:
    biases = {name: grads[name] + net.reg * net.params[name] for name in grads if name[0] == "b"}
    more = 0.5 * net.reg * sum(np.sum(net.params[name] ** 2) for name in biases)
    return total + more, {**grads, **biases}


def half_forgotten(net: Any, total: float, grads: Any) -> Any:
    return total + 0.5 * net.reg * sum(np.sum(net.params[n] ** 2) for n in grads if n[0] == "W"), grads


@pytest.mark.parametrize("mistake", [last_unregularised, biases_regularised, half_forgotten])
def test_right_dropout_is_paid_beside_wrong_regularisation(
    deep: CourseAssignment, mistake: Callable[..., Any]
) -> None:
    """Which is lost where it is judged by itself."""
    right = deep.reference["FullyConnectedNet"]

    def loss(net: Any, X: Any, y: Any = None) -> Any:
        answer = right.loss(net, X, y)
        return answer if y is None else mistake(net, *answer)

    cases = [case for case in deep.public if case.question == NAME and len(case.inputs[0]) < 5]
    wrong = {**deep.reference, "FullyConnectedNet": type("Net", (right,), {"loss": loss})}
    found = judge_cases(deep.question(NAME), cases, LocalSession(wrong), deep)
    verdict = verdict_of(deep.question(NAME).points, found)

    earned = {part.name: part.score for part in verdict.parts}
    assert earned["dropout"] == 2
    assert (earned["layernorm"] == 2) == (mistake is half_forgotten)  # the loss is another question


@pytest.mark.parametrize("odd", [None, "text", np.zeros(3), float("nan"), {}])
def test_what_is_no_gradient_is_no_fault_of_ours(deep: CourseAssignment, odd: Any) -> None:
    def loss(net: Any, answer: Any) -> Any:
        return (answer[0], {**answer[1], "W1": odd}) if isinstance(answer, tuple) else answer

    assert not {outcome.status for outcome in outcomes(deep, loss)} & {"passed", "grader_fault"}


def test_points_for_the_derivatives_of_a_loss_that_nobody_judges_are_refused() -> None:
    step = Step("call", "f", None, (Input(0),))
    slope = Check(
        "gradient", {"W": (Input(0), Ref(0, (1,)))}, {"of": Ref(0, (0,)), "dout": None, "scores": "p"}
    )
    value = Check("values", {"p": Ref(0, (0,))}, {"tolerance": "values"})

    def case(*checks: Check) -> Case:
        keep = (Ref(0, (0,)), Ref(0, (1,)))
        return Case("q", "case", 0, False, 0, (np.ones(2),), ("W",), (step,), keep, (1.0, 1.0), checks)

    _require_judged(case(slope, value))
    with pytest.raises(CourseError, match="no other check judges"):
        _require_judged(case(slope))


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.9])
def test_a_mask_of_single_precision_is_divided_by_its_own_p(keep: float) -> None:
    """1/p in single precision differs in the 8th digit: each way to compute it is among the scales."""
    scales = _scales(keep)
    kept = np.ones(1, np.float32)
    for scale in (kept / keep, kept / np.float32(keep), kept * np.float32(1 / keep)):
        assert float(scale[0]) in scales
    assert {1 / keep, 1.0} <= set(scales)
