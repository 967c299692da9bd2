"""Initialisation, judged statistically: normal weights of a stated spread, and biases of exactly 0.

With n weights the sample's spread has a relative standard error of 1/√(2n): on 10⁵ weights 0.22 %, so that
2 % decides; on a 5 × 4 matrix a 10 % test would fail more than half of all right nets.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks import shape
from grader.checks.common import Evaluate, no_value, outcome
from grader.model import Case, CaseResult, Check, Finding, Outcome

_SPREAD = 0.02
_SIGMAS = 6.0
_KURTOSIS = (2.5, 3.5)
"""Of a normal sample: 3; of a uniform one: 1.8."""


def normal(std: float, **outputs: Any) -> Check:
    """Each output is drawn from N(0, std²)."""
    return Check("initialisation", outputs, {"std": std})


def zeros(**outputs: Any) -> Check:
    """Each output is exactly 0."""
    return Check("initialisation", outputs, {"std": 0.0})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an array."""
    std = check.options["std"]
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or shape.problem(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        sample = np.asarray(result.value(case, ref), dtype=np.float64)
        name = ref.path[-1] if ref.path else part
        finding = _zeros(str(name), sample) if std == 0 else _normal(str(name), sample, std)
        measured = {"std": float(sample.std()), "mean": float(sample.mean()), "weights": sample.size}
        if finding is None:
            outcomes.append(
                outcome(check, case, part, "passed", f"{name} starts as it should.", measurements=measured)
            )
        else:
            outcomes.append(
                outcome(
                    check, case, part, "failed", finding.message, findings=(finding,), measurements=measured
                )
            )
    return outcomes


def _zeros(name: str, sample: Any) -> Finding | None:
    if np.all(sample == 0):
        return None
    return Finding("initialisation", f"{name} should start as zeros; some of its entries are not 0.")


def _normal(name: str, sample: Any, std: float) -> Finding | None:
    if not np.all(np.isfinite(sample)):
        return Finding("initialisation", f"{name} holds values that are not finite.")
    count = sample.size
    spread = float(sample.std())
    allowed = max(_SPREAD, _SIGMAS / np.sqrt(2 * count))
    if not abs(spread / std - 1) <= allowed:
        message = f"{name} should have standard deviation {std:g} (weight_scale); it has {spread:.3g}."
        if spread == 0:
            message += " All its entries are equal: the hidden units would stay copies of each other."
        return Finding("initialisation", message, {"expected": std, "actual": spread})
    if not abs(float(sample.mean())) <= _SIGMAS * std / np.sqrt(count):
        return Finding("initialisation", f"{name} should have mean 0; it has {float(sample.mean()):.3g}.")
    kurtosis = float(np.mean(np.square(np.square(sample / spread))))
    if count >= 10_000 and not _KURTOSIS[0] <= kurtosis <= _KURTOSIS[1]:
        return Finding(
            "initialisation", f"{name} has the right spread, but is not drawn from a normal distribution."
        )
    return None
