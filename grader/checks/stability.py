"""Numerical stability: at extreme inputs, where the right answer is finite, so is this one."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import difference
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import arrays_alone
from grader.checks.shape import wrong_form
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.reasons import WrongValues

_TOLERANCE = 1e-6
"""Scaled error allowed at extreme inputs, beside an absolute one for a loss of 0: −log(1 + 1e-8)."""


@finding("overflow", when_hidden=True)
class Overflow(Finding):
    """A function is not finite for very large numbers: ``count`` of ``total`` entries."""

    part: str = tellable(default="")
    function: str = ""
    count: int = 0
    total: int = 0


def stability(**outputs: Any) -> Check:
    """Each output is finite, and close to the right one, where the right one is finite."""
    return Check("stability", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or wrong_form(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        value, expected = np.asarray(result.value(case, ref)), np.asarray(case.expected(ref))
        name = case.steps[ref.step].name
        bad = int(np.sum(~np.isfinite(value)))
        if bad:
            outcomes.append(failed(check, case, Overflow(part, name, bad, value.size), part))
            continue
        gap = difference(value, expected)
        absolute = float(np.max(np.abs(value - expected), initial=0.0))
        measured = {"scaled_error": gap.scaled_error, "tolerance": _TOLERANCE}
        if gap.scaled_error <= _TOLERANCE or absolute <= _TOLERANCE:
            outcomes.append(passed(check, case, part))
        else:
            outcomes.append(failed(check, case, WrongValues(part, function=name), part, measured))
    return outcomes


KIND = CheckKind("stability", judge, arrays_alone, passes_without_an_answer=True)
