"""Batch of one: an example's result does not depend on the examples beside it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import real_array, scaled_error
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome


def batch_of_one(**pairs: Any) -> Check:
    """``part=(alone, together)``: the first row of ``together`` is what its example gives alone."""
    return Check("batch_of_one", pairs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a pair; no key is needed: the submission is compared with itself."""
    outcomes: list[Outcome] = []
    for part, (alone, together) in check.outputs.items():
        missing = no_value(check, case, result, part, alone) or no_value(check, case, result, part, together)
        if missing is not None:
            outcomes.append(missing)
            continue
        one, many = real_array(result.value(case, alone)), real_array(result.value(case, together))
        comparable = one is not None and many is not None and one.ndim == many.ndim > 0 and len(many) > 0
        if not comparable or one.shape != (1, *many.shape[1:]):
            message = f"{part} of a batch of one should have one row, and otherwise the shape of any batch."
        elif scaled_error(one[0], np.asarray(many)[0]) <= TOLERANCES["values"]:
            outcomes.append(outcome(check, case, part, "passed", "A batch of one gives the same."))
            continue
        else:
            message = (
                f"An example's {part} changes with the examples beside it: a batch of one gives another."
            )
        finding = Finding("batch", message)
        outcomes.append(outcome(check, case, part, "failed", message, findings=(finding,)))
    return outcomes
