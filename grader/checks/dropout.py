"""Dropout, judged by what its mask must be and never by which it is: masks are not compared with ours.

Forward: each element is 0 or x / p; the share that is kept is p; each element is drawn for itself, not one
for a whole row or column. Backward: the derivative of the very forward pass that was made, by element.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import kept, sample
from grader.checks.shape import wrong_form
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Input, Outcome, Ref, finding, tellable
from grader.model.fields import FieldError, number, record, refuse
from grader.model.reasons import AllZero, NotFinite

_SIGMAS = 6.0
_RTOL = TOLERANCES["values"]


@finding("mask_values", when_hidden=True)
class MaskValues(Finding):
    """What is kept is not a constant multiple of x."""

    part: str = tellable(default="")


@finding("mask_of_units", when_hidden=True)
class MaskOfUnits(Finding):
    """Whole columns are dropped: the same units for every example."""

    part: str = tellable(default="")


@finding("mask_of_examples", when_hidden=True)
class MaskOfExamples(Finding):
    """Whole rows are dropped."""

    part: str = tellable(default="")


@finding("rate", when_hidden=True)
class WrongRate(Finding):
    """Another share of the elements is kept than should be."""

    part: str = tellable(default="")
    keep: float = 0.0
    kept: float = 0.0


@finding("rate_inverted", when_hidden=True)
class InvertedRate(Finding):
    """The share that should be dropped is kept."""

    part: str = tellable(default="")
    keep: float = 0.0
    kept: float = 0.0


@finding("dropout_unscaled", when_hidden=True)
class Unscaled(Finding):
    """What is kept is not divided by the probability to keep."""

    part: str = tellable(default="")
    keep: float = 0.0


@finding("dropout_scale", when_hidden=True)
class WrongDropoutScale(Finding):
    """What is kept is multiplied by ``factor``, where ``due`` is 1 / p."""

    part: str = tellable(default="")
    keep: float = 0.0
    factor: float = 0.0
    due: float = 0.0


@finding("dropout_no_output", when_hidden=True)
class NoForwardOutput(Finding):
    """The derivative cannot be judged: the forward pass gave no output of x's shape."""

    part: str = tellable(default="")


@finding("dropout_one_sided", when_hidden=True)
class OneSided(Finding):
    """The derivative cannot be judged: the forward pass drops nothing, or everything."""

    part: str = tellable(default="")


@finding("dropout_derivative", when_hidden=True)
class WrongDropoutDerivative(Finding):
    """A derivative is not that of the forward pass that was made."""

    part: str = tellable(default="")


@finding("dropout_not_dropped", when_hidden=True)
class DerivativeNotDropped(Finding):
    """A derivative is not 0 where the forward pass dropped an element."""

    part: str = tellable(default="")


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
    return [
        no_value(check, case, result, part, ref)
        or wrong_form(check, case, result, part, ref)
        or _judge_array(check, case, result, part, ref)
        for part, ref in check.outputs.items()
    ]


def _judge_array(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome:
    value = np.asarray(real_array(result.value(case, ref)), dtype=np.float64)
    x = np.asarray(_given(check.options["x"], case, result), dtype=np.float64)
    if "keep" in check.options:
        reason, measured = _mask(part, value, x, check.options["keep"])
    else:
        reason, measured = _derivative(check, case, result, part, value, x)
    if reason is None:
        return passed(check, case, part, measured)
    return failed(check, case, reason, part, measured)


def _given(value: Any, case: Case, result: CaseResult) -> Any:
    if isinstance(value, Input):
        return case.inputs[value.index]
    return real_array(result.value(case, value)) if isinstance(value, Ref) else value


def _mask(part: str, out: Any, x: Any, keep: float) -> tuple[Finding | None, dict[str, Any]]:
    """What is wrong with ``out`` (N, D), the dropout of ``x`` (N, D); and what was measured."""
    if not np.all(np.isfinite(out)):
        return NotFinite(part, int(np.sum(~np.isfinite(out))), out.size), {}
    ratio = out / x  # 0 where dropped, 1 / p where kept
    kept_mask = ratio != 0
    rate = float(kept_mask.mean())
    measured = {"kept": rate, "keep": keep}
    if not kept_mask.any():
        return AllZero(part), measured
    factor = float(np.median(ratio[kept_mask]))
    if not np.all(np.abs(ratio[kept_mask] - factor) <= _RTOL * abs(factor)):
        return MaskValues(part), measured
    allowed = _SIGMAS * np.sqrt(keep * (1 - keep) / out.size)
    if not abs(rate - keep) <= allowed:
        kind = InvertedRate if abs(rate - (1 - keep)) <= allowed else WrongRate
        return kind(part, keep, rate), measured
    if not abs(factor * keep - 1) <= _RTOL:
        if abs(factor - 1) <= _RTOL:
            return Unscaled(part, keep), measured
        return WrongDropoutScale(part, keep, factor, 1 / keep), measured
    if (kept_mask == kept_mask[:1]).all():
        return MaskOfUnits(part), measured
    if (kept_mask == kept_mask[:, :1]).all():
        return MaskOfExamples(part), measured
    return None, measured


def _derivative(
    check: Check, case: Case, result: CaseResult, part: str, dx: Any, x: Any
) -> tuple[Finding | None, dict[str, Any]]:
    """What is wrong with ``dx`` (N, D), beside the forward pass that was made of ``x`` (N, D)."""
    out = _given(check.options["out"], case, result)
    dout = _given(check.options["dout"], case, result)
    if out is None or np.shape(out) != x.shape:
        return NoForwardOutput(part), {}
    slope = np.asarray(out, dtype=np.float64) / x
    share = float(np.mean(slope != 0))
    if not 0.02 < share < 0.98:
        return OneSided(part), {"kept": share}
    expected = dout * slope
    with np.errstate(all="ignore"):
        error = float(np.max(np.abs(dx - expected))) / float(np.max(np.abs(expected)))
    measured = {"scaled_error": error, "tolerance": _RTOL}
    if error <= _RTOL:
        return None, measured
    kind = DerivativeNotDropped if np.any((slope == 0) & (dx != 0)) else WrongDropoutDerivative
    return kind(part), measured


def form(check: Check, where: str, case: Case) -> None:
    """Matrices; the share to keep and x, or x, dout and out, all of one shape."""
    names = ("keep", "x") if "keep" in check.options else ("x", "dout", "out")
    options = record(check.options, f"{where}.options", names)
    if "keep" in options:
        number(1e-6, 1 - 1e-6)(options["keep"], f"{where}.options.keep")
    for part, value in check.outputs.items():
        ref = sample(value, f"{where}.outputs[{part!r:.40}]", case)
        due = np.shape(case.expected(ref))
        if len(due) < 2:
            raise FieldError(f"{where} judges the dropout of a result that is no matrix")
        for option in names[1:] if "keep" in options else names:
            if np.shape(_array_of(options[option], f"{where}.options.{option}", case)) != due:
                raise FieldError(f"{where}.options.{option} has another shape than the result")


def _array_of(value: Any, where: str, case: Case) -> Any:
    """The array that an option stands for: an input, a result that the key holds, or the array itself."""
    if isinstance(value, Input):
        array = real_array(case.inputs[value.index])
    elif isinstance(value, Ref):
        array = real_array(case.expected(kept(value, where, case)))
    else:
        array = real_array(value)
    if array is None:
        raise refuse(value, where, "an array of numbers")
    return array


KIND = CheckKind("dropout", judge, form, random=True)
