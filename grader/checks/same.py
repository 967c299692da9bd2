"""The same again: two calls that should give the same do so.

Whether a call left an argument alone also shows in what comes after it: a second call with the very object
must give what it gives with a fresh one. That is seen here, whatever a submission says of its arguments.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import real_array, scaled_error
from grader.model import Case, CaseResult, Check, Finding, Outcome

_RTOL = 1e-12


def same(**pairs: Any) -> Check:
    """``part=(fresh, used)``: what a call gives with a fresh object, and with one that was used before."""
    return Check("same", pairs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a pair; no key is needed: the submission is compared with itself."""
    outcomes: list[Outcome] = []
    for part, (fresh, used) in check.outputs.items():
        missing = no_value(check, case, result, part, fresh) or no_value(check, case, result, part, used)
        if missing is not None:
            outcomes.append(missing)
            continue
        one, other = real_array(result.value(case, fresh)), real_array(result.value(case, used))
        if _agree(one, other):
            outcomes.append(outcome(check, case, part, "passed", "A second call gives the same."))
            continue
        message = (
            f"`{case.steps[used.step].name}` gives something else for what was used before: the first call "
            "changed it. Build a new array, work on a copy, or put back exactly what was there."
        )
        finding = Finding("overwritten", message)
        outcomes.append(outcome(check, case, part, "failed", message, findings=(finding,)))
    return outcomes


def _agree(one: Any, other: Any) -> bool:
    if one is None or other is None or np.shape(one) != np.shape(other):
        return False
    return bool(scaled_error(np.asarray(one), np.asarray(other)) <= _RTOL)
