"""Shape and dtype: before any value is compared, and without broadcasting."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import describe, real_array
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref


def shape(**outputs: Any) -> Check:
    """Each output has the shape of the right one, and holds real numbers of no less precision."""
    return Check("shape", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    return [
        no_value(check, case, result, part, ref)
        or problem(check, case, result, part, ref)
        or outcome(check, case, part, "passed", f"{part} has the right shape.", kind="shape")
        for part, ref in check.outputs.items()
    ]


def problem(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome | None:
    """The failed outcome of kind ``shape`` when the form of an output is wrong; None when it is right."""
    value, expected = result.value(case, ref), np.asarray(case.expected(ref))
    array = real_array(value)
    if array is None:
        message = f"{part} should be {_wanted(expected)}, but is {describe(value)}."
        return _failed(check, case, part, message, Finding("type", message))
    if array.shape != expected.shape:
        due = "be one number" if expected.shape == () else f"have shape {expected.shape}"
        actual = "is one number" if array.shape == () else f"has shape {array.shape}"
        message = f"{part} should {due}, but {actual}."
        message += _hint(array.shape, expected.shape)
        data = {"expected": list(expected.shape), "actual": list(array.shape)}
        return _failed(check, case, part, message, Finding("shape", message, data))
    if array.dtype.kind == "f" and array.dtype.itemsize < expected.dtype.itemsize:
        message = (
            f"{part} is computed in {array.dtype}, though its inputs are {expected.dtype}: "
            "seven digits are too few to check a gradient. Leave the dtype as it comes."
        )
        return _failed(check, case, part, message, Finding("dtype", message, {"actual": str(array.dtype)}))
    return None


def _failed(check: Check, case: Case, part: str, message: str, finding: Finding) -> Outcome:
    return outcome(check, case, part, "failed", message, findings=(finding,), kind="shape")


def _wanted(expected: Any) -> str:
    return "one number" if expected.shape == () else f"an array of shape {expected.shape}"


def _hint(actual: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if actual == expected[::-1] and len(expected) > 1:
        return " It looks transposed."
    if any(side == 1 and actual[:i] + actual[i + 1 :] == expected for i, side in enumerate(actual)):
        return (
            " One axis of length 1 is too many (keepdims, or a reshape): NumPy would broadcast it silently."
        )
    if int(np.prod(actual)) == int(np.prod(expected)) and len(expected) > len(actual):
        return " It has the right number of entries: reshape it to the shape of its input."
    if actual == () and expected:
        return " A sum over every axis is too much: sum over the examples only."
    return ""
