"""Experiments: the student's own model is trained in the sandbox, and only its parameters are believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.course import Assignment, Experiment
from grader.course.recorder import record
from grader.grading.attempt import trees
from grader.model import Check, Curve, Finding, Load, Outcome, OutcomeStatus, Submission
from grader.sandbox import Limits, Sandbox
from grader.source import NotLiteralError, assigned_literal, parse_cell

_MAX_PARAMETERS = 8 << 20
"""Bytes of parameters that are scored at all: far wider layers than chosen would cost the grader's memory."""
_STATUS: dict[str, OutcomeStatus] = {"timeout": "timeout", "crashed": "crashed"}


def chosen_values(
    question: Experiment, assignment: Assignment, submission: Submission
) -> dict[str, Any] | Outcome:
    """The hyperparameters of a submission, read as a literal; or why they cannot be used."""
    name = question.literal
    try:
        value = assigned_literal(list(trees(submission)), name)
    except KeyError:
        return _said("not_attempted", f"There is no `{name}` in this submission.")
    except NotLiteralError as error:
        message = f"`{name}` must be a plain dict of numbers, since it is read without running: {error}."
        return _said("failed", message, "not_literal")
    released = parse_cell(assignment.stubs.get(question.name, "")).tree
    try:
        as_released = released is not None and value == assigned_literal([released], name)
    except (KeyError, NotLiteralError):
        as_released = False
    if as_released:
        return _said("not_attempted", f"`{name}` holds the values that it was released with.")
    return _checked(question, value)


def _checked(question: Experiment, value: Any) -> dict[str, Any] | Outcome:
    name = question.literal
    if not isinstance(value, dict):
        return _said("failed", f"`{name}` must be a dict.", "type")
    missing = sorted(set(question.limits) - set(value))
    if missing:
        return _said("failed", f"`{name}` lacks {', '.join(f'`{key}`' for key in missing)}.", "keys")
    for key, (low, high) in question.limits.items():
        number = value[key]
        proper = isinstance(number, int | float) and not isinstance(number, bool)
        if not proper or not low <= number <= high:
            return _said(
                "failed",
                f"`{name}[{key!r}]` must be a number from {low:g} to {high:g}; it is {number!r:.40}.",
                "range",
            )
        if isinstance(low, int) and isinstance(high, int) and low >= 1 and number != int(number):
            return _said(
                "failed", f"`{name}[{key!r}]` must be a whole number; it is {number!r:.40}.", "range"
            )
    return {
        key: int(v) if low >= 1 else float(v)
        for key, (low, _) in question.limits.items()
        for v in [value[key]]
    }


def train(
    question: Experiment, assignment: Assignment, load: Load, chosen: Mapping[str, Any], sandbox: Sandbox
) -> tuple[Outcome, tuple[Curve, ...]]:
    """Train with the chosen values in a child of its own; score the parameters that come back."""
    assert question.run is not None
    assert question.data is not None
    assert question.accuracy is not None
    data = question.data()
    run = question.run

    def author(impl: Any) -> list[Check]:
        return [Check("training", run(impl, data, dict(chosen)))]

    case = record(
        None, author, question=question.name, label="training", rung=0, hidden=False, seed=20,
        deadline=2 * question.seconds, watch=False,
    )  # fmt: skip
    with sandbox.open(load, Limits(cpu=int(question.seconds))) as session:
        (result,) = session.run([case])
    failure = next((f for f in result.failures.values() if f.kind not in ("skipped",)), None)
    if failure is not None:
        where = f" ({failure.place.cell}, line {failure.place.line})" if failure.place else ""
        said = f"{failure.error}: {failure.message}" if failure.error else failure.message
        return _said(_STATUS.get(failure.kind, "error"), f"Training stopped: {said}{where}", failure.kind), ()
    outputs = case.checks[0].outputs
    values = {name: result.value(case, ref) for name, ref in outputs.items()}
    curves = _curves(values)
    params = values["params"]
    if not isinstance(params, dict) or not params or not all(map(_usable, params.values())):
        return _said(
            "failed", "Training left parameters that are not finite arrays of numbers.", "not_finite"
        ), curves
    if sum(array.nbytes for array in params.values()) > _MAX_PARAMETERS:
        return _said("failed", "Training left more parameters than the net should have.", "shape"), curves
    try:
        with np.errstate(all="ignore"):
            accuracy = question.accuracy(assignment.reference, params, data)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        message = f"The trained parameters do not make a net of the right shapes ({type(error).__name__})."
        return _said("failed", message, "shape"), curves
    return _verdict(question, accuracy), curves


def share(question: Experiment, accuracy: float) -> float:
    """The share of the points that an accuracy earns: a straight line from ``starting`` to ``good``."""
    return min(1.0, max(0.0, (accuracy - question.starting) / (question.good - question.starting)))


def _verdict(question: Experiment, accuracy: float) -> Outcome:
    earned = share(question, accuracy)
    message = (
        f"On images that it had not seen, your net is right in {100 * accuracy:.1f} % of cases; "
        f"{100 * question.starting:.0f} % and less earns nothing, "
        f"{100 * question.good:.0f} % and more everything."
    )
    status: OutcomeStatus = "passed" if earned >= 1 else "failed"
    measured = {"accuracy": accuracy, "share": earned, "starting": question.starting, "good": question.good}
    findings = () if earned >= 1 else (Finding("accuracy", message),)
    return Outcome(
        "training",
        status,
        False,
        message,
        part="accuracy",
        case="training",
        findings=findings,
        measurements=measured,
    )


def _usable(array: Any) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == "f" and bool(np.all(np.isfinite(array)))


def _curves(values: Mapping[str, Any]) -> tuple[Curve, ...]:
    """Histories are shown, never scored: student code may say of itself what it likes."""
    train_history, validation = _history(values.get("train")), _history(values.get("validation"))
    return (Curve(train_history, validation, "as your run reported it"),) if train_history else ()


def _history(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) > 100:
        return ()
    numbers = [float(v) for v in value if isinstance(v, int | float | np.number)]
    return tuple(v for v in numbers if 0 <= v <= 1)


def _said(status: OutcomeStatus, message: str, finding: str = "") -> Outcome:
    findings: Sequence[Finding] = (Finding(finding, message),) if finding else ()
    return Outcome(
        "training",
        status,
        False,
        message,
        part="accuracy",
        case="training",
        findings=tuple(findings),
    )
