"""Initialisation, judged statistically: normal weights of a stated spread, and biases of exactly 0.

With n weights the sample's spread has a relative standard error of 1/√(2n): on 10⁵ weights 0.22 %, so that
2 % decides; on a 5 × 4 matrix a 10 % test would fail more than half of all right nets.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, sample
from grader.checks.shape import wrong_form
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref, finding, tellable
from grader.model.fields import number, record
from grader.model.reasons import WrongPrecision

_SPREAD = 0.02
_SIGMAS = 6.0
_KURTOSIS = (2.5, 3.5)
"""Of a normal sample: 3; of a uniform one: 1.8."""


@finding("start_zeros", when_hidden=True)
class NotZeros(Finding):
    """What should start as zeros does not."""

    part: str = tellable(default="")


@finding("start_not_finite", when_hidden=True)
class StartNotFinite(Finding):
    """Weights start with values that are not finite."""

    part: str = tellable(default="")


@finding("start_spread", when_hidden=True)
class WrongSpread(Finding):
    """Weights start with another standard deviation than is due."""

    part: str = tellable(default="")
    expected: float = 0.0
    actual: float = 0.0


@finding("start_constant", when_hidden=True)
class ConstantStart(Finding):
    """All weights start equal: hidden units stay copies of each other."""

    part: str = tellable(default="")
    expected: float = 0.0


@finding("start_mean", when_hidden=True)
class WrongMean(Finding):
    """Weights start with a mean that is not 0."""

    part: str = tellable(default="")
    mean: float = 0.0


@finding("start_distribution", when_hidden=True)
class NotNormal(Finding):
    """Weights have the right spread, and are not normally distributed."""

    part: str = tellable(default="")


def normal(std: float, **outputs: Any) -> Check:
    """Each output is drawn from N(0, std²)."""
    return Check("initialisation", outputs, {"std": std})


def zeros(**outputs: Any) -> Check:
    """Each output is exactly 0."""
    return Check("initialisation", outputs, {"std": 0.0})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an array."""
    return [
        no_value(check, case, result, part, ref)
        or _wrong_form(check, case, result, part, ref)
        or _judge_array(check, case, result, part, ref)
        for part, ref in check.outputs.items()
    ]


def _wrong_form(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome | None:
    """As elsewhere, but that 0 is 0 in whatever precision: no digit is lost; sums take the other's type."""
    wrong = wrong_form(check, case, result, part, ref)
    exact = check.options["std"] == 0 and wrong is not None and isinstance(wrong.findings[0], WrongPrecision)
    return None if exact else wrong


def _judge_array(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome:
    std = check.options["std"]
    weights = np.asarray(result.value(case, ref), dtype=np.float64)
    name = str(ref.path[-1] if ref.path else part)
    reason = _not_zeros(name, weights) if std == 0 else _not_normal(name, weights, std)
    measured = {"std": float(weights.std()), "mean": float(weights.mean()), "weights": weights.size}
    if reason is None:
        return passed(check, case, part, measured)
    return failed(check, case, reason, part, measured)


def _not_zeros(name: str, weights: Any) -> Finding | None:
    return None if np.all(weights == 0) else NotZeros(name)


def _not_normal(name: str, weights: Any, std: float) -> Finding | None:
    """What is wrong with ``weights`` (of any shape), a sample of N(0, std²)."""
    if not np.all(np.isfinite(weights)):
        return StartNotFinite(name)
    count = weights.size
    spread = float(weights.std())
    allowed = max(_SPREAD, _SIGMAS / np.sqrt(2 * count))
    if not abs(spread / std - 1) <= allowed:
        return ConstantStart(name, std) if spread == 0 else WrongSpread(name, std, spread)
    mean = float(weights.mean())
    if not abs(mean) <= _SIGMAS * std / np.sqrt(count):
        return WrongMean(name, mean)
    kurtosis = float(np.mean(np.square(np.square(weights / spread))))
    if count >= 10_000 and not _KURTOSIS[0] <= kurtosis <= _KURTOSIS[1]:
        return NotNormal(name)
    return None


def form(check: Check, where: str, case: Case) -> None:
    """Arrays that are not empty, and a standard deviation."""
    options = record(check.options, f"{where}.options", ("std",))
    number(0, 1e6)(options["std"], f"{where}.options.std")
    each(sample, check, where, case)


KIND = CheckKind("initialisation", judge, form, random=True)
