"""Numerical stability: at extreme inputs, where the right answer is finite, so is this one."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks import shape
from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import difference
from grader.model import Case, CaseResult, Check, Finding, Outcome

_TOLERANCE = 1e-6
"""Scaled error allowed at extreme inputs, beside an absolute one for a loss of 0: −log(1 + 1e-8)."""


def stability(**outputs: Any) -> Check:
    """Each output is finite, and close to the right one, where the right one is finite."""
    return Check("stability", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or shape.problem(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        value, expected = np.asarray(result.value(case, ref)), np.asarray(case.expected(ref))
        name = case.steps[ref.step].name
        bad = int(np.sum(~np.isfinite(value)))
        if bad:
            message = (
                f"`{name}` is not finite for large numbers ({bad} of {value.size} NaN or infinite): "
                "exp overflows. Subtract the largest score of each row before taking exp; "
                "the probabilities stay the same."
            )
            finding = Finding("overflow", message, {"not_finite": bad, "of": value.size})
            outcomes.append(outcome(check, case, part, "failed", message, findings=(finding,)))
            continue
        gap = difference(value, expected)
        absolute = float(np.max(np.abs(value - expected), initial=0.0))
        if gap.scaled_error <= _TOLERANCE or absolute <= _TOLERANCE:
            outcomes.append(outcome(check, case, part, "passed", f"`{name}` is right for large numbers too."))
            continue
        message = f"`{name}` is finite for large numbers, but wrong."
        measured = {"scaled_error": gap.scaled_error, "tolerance": _TOLERANCE}
        outcomes.append(
            outcome(
                check,
                case,
                part,
                "failed",
                message,
                findings=(Finding("values", message),),
                measurements=measured,
            )
        )
    return outcomes
