"""Cases made by hand, so that each kind of check is tested without a rubric."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks import judge_case
from grader.model import Absent, Case, CaseResult, Changed, Check, Failure, Outcome, Ref, Step

STEP = Step("call", "layer_backward", None, parameters=("dout", "cache"))


def case(check: Check, *key: Any, hidden: bool = False) -> Case:
    """One call whose i-th result is ``key[i]``."""
    keep = tuple(Ref(0, (i,)) for i in range(len(key)))
    return Case("layer_backward", "N = 5", 0, hidden, 1, (), (), (STEP,), keep, key, (check,))


def judged(
    check: Check,
    key: Any,
    value: Any,
    *,
    failure: Failure | None = None,
    changed: tuple[Changed, ...] = (),
    hidden: bool = False,
) -> Outcome:
    """The one outcome of a check whose right result is ``key`` and whose submission gave ``value``."""
    keys, values = (key, value) if isinstance(key, tuple) else ((key,), (value,))
    failures = {0: failure} if failure is not None else {}
    result = CaseResult(tuple(values), failures, changed)
    (outcome,) = judge_case(case(check, *keys, hidden=hidden), result, never)
    return outcome


def never(case: Case, ref: Ref, points: list[dict[int, Any]]) -> list[Any]:
    """An ``evaluate`` that must not be needed."""
    raise AssertionError("no points are needed here")


DX = Ref(0, (0,))
MATRIX = np.arange(6.0).reshape(2, 3) + 1
NOTHING = Absent("nothing")
