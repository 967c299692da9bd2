"""Batch of one: an example's result does not depend on the examples beside it."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array, scaled_error
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import pairs
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable


@finding("batch_shape", when_hidden=True)
class BatchShape(Finding):
    """A batch of one gives something of another form than a batch of many."""

    part: str = tellable(default="")


@finding("batch", when_hidden=True)
class BatchMatters(Finding):
    """An example's result depends on the examples beside it."""

    part: str = tellable(default="")


def batch_of_one(**outputs: Any) -> Check:
    """``part=(alone, together)``: the first row of ``together`` is what its example gives alone."""
    return Check("batch_of_one", outputs)


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
            outcomes.append(failed(check, case, BatchShape(part), part))
        elif scaled_error(one[0], np.asarray(many)[0]) <= TOLERANCES["values"]:  # NaN is not
            outcomes.append(passed(check, case, part))
        else:
            outcomes.append(failed(check, case, BatchMatters(part), part))
    return outcomes


KIND = CheckKind("batch_of_one", judge, pairs, passes_without_an_answer=True)
