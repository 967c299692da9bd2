"""Dropout, judged by what its mask must be and never by which it is: masks are not compared with ours.

Forward: each element is 0 or x / p; the share that is kept is p; each element is drawn for itself, not one
for a whole row or column. Backward: the derivative of the very forward pass that was made, by element.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks import shape
from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import real_array
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Input, Outcome, Ref

_SIGMAS = 6.0
_RTOL = TOLERANCES["values"]


def dropout(keep: float, x: Any, **outputs: Any) -> Check:
    """Each output is ``x`` with elements dropped: kept with probability ``keep`` and divided by it.

    ``x`` (N, D) must have no zeros, and enough elements to tell a rate: thousands.
    """
    return Check("dropout", outputs, {"keep": keep, "x": x})


def dropout_gradient(x: Any, dout: Any, out: Any, **outputs: Any) -> Check:
    """Each output is the derivative by ``x`` of the call that gave ``out``: dout · out / x."""
    return Check("dropout", outputs, {"x": x, "dout": dout, "out": out})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or shape.problem(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        value = np.asarray(real_array(result.value(case, ref)), dtype=np.float64)
        x = np.asarray(_given(check.options["x"], case, result), dtype=np.float64)
        if "keep" in check.options:
            finding, measured = _mask(part, value, x, check.options["keep"])
        else:
            finding, measured = _derivative(check, case, result, part, value, x)
        if finding is None:
            outcomes.append(outcome(check, case, part, "passed", f"{part} is right.", measurements=measured))
        else:
            outcomes.append(
                outcome(
                    check, case, part, "failed", finding.message, findings=(finding,), measurements=measured
                )
            )
    return outcomes


def _given(value: Any, case: Case, result: CaseResult) -> Any:
    if isinstance(value, Input):
        return case.inputs[value.index]
    return real_array(result.value(case, value)) if isinstance(value, Ref) else value


def _mask(part: str, out: Any, x: Any, keep: float) -> tuple[Finding | None, dict[str, Any]]:
    if not np.all(np.isfinite(out)):
        return Finding("not_finite", f"{part} holds values that are NaN or infinite."), {}
    ratio = out / x  # 0 where dropped, 1 / p where kept
    kept = ratio != 0
    rate = float(kept.mean())
    measured = {"kept": rate, "keep": keep}
    if not kept.any():
        return Finding("zero", f"{part} is 0 everywhere."), measured
    factor = float(np.median(ratio[kept]))
    if not np.all(np.abs(ratio[kept] - factor) <= _RTOL * abs(factor)):
        message = f"{part} should be 0 where an element is dropped, and x / p everywhere else."
        return Finding("mask", message), measured
    off = _SIGMAS * np.sqrt(keep * (1 - keep) / out.size)
    if not abs(rate - keep) <= off:
        return Finding("rate", _about_rate(part, rate, keep, off), measured), measured
    if not abs(factor * keep - 1) <= _RTOL:
        return Finding("scale", _about_scale(part, factor, keep), {"factor": factor * keep}), measured
    if (kept == kept[:1]).all():
        message = f"{part} drops the same units for every example: draw a mask of x's own shape."
        return Finding("mask", message), measured
    if (kept == kept[:, :1]).all():
        message = f"{part} keeps or drops an example as a whole: draw a mask of x's own shape."
        return Finding("mask", message), measured
    return None, measured


def _about_rate(part: str, rate: float, keep: float, off: float) -> str:
    message = f"{part} should keep a share of {keep:g} of its elements (p is the probability to keep), "
    message += f"but keeps {rate:.3f}."
    if abs(rate - (1 - keep)) <= off:
        return message + " That is 1 − p: p was taken as the probability to drop."
    return message


def _about_scale(part: str, factor: float, keep: float) -> str:
    message = f"What {part} keeps should be divided by p = {keep:g}"
    if abs(factor - 1) <= _RTOL:
        return (
            f"{message}, and is not: its mean is then that of x, and nothing has to be scaled when testing."
        )
    return f"{message}; it is multiplied by {factor:.4g} instead of {1 / keep:.4g}."


def _derivative(
    check: Check, case: Case, result: CaseResult, part: str, dx: Any, x: Any
) -> tuple[Finding | None, dict[str, Any]]:
    out = _given(check.options["out"], case, result)
    dout = _given(check.options["dout"], case, result)
    if out is None or np.shape(out) != x.shape:
        return Finding("structure", f"{part} could not be judged: the forward pass gave no output."), {}
    slope = np.asarray(out, dtype=np.float64) / x
    kept = float(np.mean(slope != 0))
    if not 0.02 < kept < 0.98:
        message = f"{part} could not be judged: the forward pass drops nothing, or everything."
        return Finding("structure", message), {"kept": kept}
    expected = dout * slope
    with np.errstate(all="ignore"):
        error = float(np.max(np.abs(dx - expected))) / float(np.max(np.abs(expected)))
    measured = {"scaled_error": error, "tolerance": _RTOL}
    if error <= _RTOL:
        return None, measured
    message = f"{part} is not the derivative of the forward pass: the same mask must be used in both."
    if np.any((slope == 0) & (dx != 0)):
        message += f" Where the forward pass dropped an element, {part} should be 0."
    return Finding("derivative", message), measured
