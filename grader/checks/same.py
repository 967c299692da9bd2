"""The same again: two calls that should give the same do so.

Whether a call left an argument alone also shows in what comes after it: a second call with the very object
must give what it gives with a fresh one. That is seen here, whatever a submission says of its arguments.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array, scaled_error
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import pairs
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding

_RTOL = 1e-12


@finding("not_repeatable", when_hidden=True)
class NotRepeatable(Finding):
    """A second call with an object that was used before gives something else."""

    function: str = ""


def same(**outputs: Any) -> Check:
    """``part=(fresh, used)``: what a call gives with a fresh object, and with one that was used before."""
    return Check("same", outputs)


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
            outcomes.append(passed(check, case, part))
        else:
            outcomes.append(failed(check, case, NotRepeatable(case.steps[used.step].name), part))
    return outcomes


def _agree(one: Any, other: Any) -> bool:
    if one is None or other is None or np.shape(one) != np.shape(other):
        return False
    return bool(scaled_error(np.asarray(one), np.asarray(other)) <= _RTOL)


KIND = CheckKind("same", judge, pairs, passes_without_an_answer=True)
