"""Shape and dtype: before any value is compared, and without broadcasting."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from grader.checks.common import no_value, outcome, passed
from grader.checks.compare import describe, real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import arrays_alone
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref
from grader.model.reasons import WrongPrecision, WrongShape, WrongType


def shape(**outputs: Any) -> Check:
    """Each output has the shape of the right one, and holds real numbers of no less precision."""
    return Check("shape", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    return [
        no_value(check, case, result, part, ref)
        or wrong_form(check, case, result, part, ref)
        or passed(check, case, part)
        for part, ref in check.outputs.items()
    ]


def wrong_form(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome | None:
    """The failed outcome of kind ``shape`` when the form of an output is wrong; None when it is right."""
    finding = _reason(part, result.value(case, ref), np.asarray(case.expected(ref)))
    return None if finding is None else outcome(check, case, part, "failed", finding, kind="shape")


def _reason(part: str, value: Any, expected: Any) -> Finding | None:
    """What is wrong with the form of ``value``, beside an array of the right shape and dtype."""
    array = real_array(value)
    if array is None:
        what, detail = describe(value)
        return WrongType(part, str(expected.shape), "", what, detail)
    if array.shape != expected.shape:
        hint = _hint(array.shape, expected.shape)
        return WrongShape(part, str(expected.shape), str(array.shape), hint)
    if array.dtype.kind == "f" and array.dtype.itemsize < expected.dtype.itemsize:
        return WrongPrecision(part, str(expected.dtype), str(array.dtype))
    return None


def _hint(
    actual: tuple[int, ...], expected: tuple[int, ...]
) -> Literal["", "transposed", "one axis more", "flat", "summed"]:
    """What may have gone wrong with a shape."""
    if actual == expected[::-1] and len(expected) > 1:
        return "transposed"
    if any(side == 1 and actual[:i] + actual[i + 1 :] == expected for i, side in enumerate(actual)):
        return "one axis more"
    if int(np.prod(actual)) == int(np.prod(expected)) and len(expected) > len(actual):
        return "flat"
    if actual == () and expected:
        return "summed"
    return ""


KIND = CheckKind("shape", judge, arrays_alone)
