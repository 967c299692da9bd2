"""Separate arrays: what is written into one parameter is seen in no other, of this net or of the next.

The case fills each array with a number of its own, in place, as an update rule may, and looks at all of them
afterwards. An array that holds another's number shares its memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import kept
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref, finding, tellable
from grader.model.fields import FieldError, items, record

_MOST = 8
"""Names that are told."""


@finding("shared_arrays", when_hidden=True)
class SharedArrays(Finding):
    """Arrays share their memory; ``names`` is a list."""

    part: str = tellable(default="")
    names: str = ""


@finding("shared_between_nets", when_hidden=True)
class SharedBetweenNets(Finding):
    """Arrays of one object share their memory with those of another; ``names`` is a list."""

    part: str = tellable(default="")
    names: str = ""


def separate(**outputs: Any) -> Check:
    """``part=(params, …)``: dicts of arrays, one for each object, after each array was filled in place.

    Each array was filled (see ``grader.course.fill``) with a number that no other has.
    """
    return Check("separate", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a part."""
    outcomes: list[Outcome] = []
    for part, refs in check.outputs.items():
        missing = next(filter(None, (no_value(check, case, result, part, ref) for ref in refs)), None)
        if missing is not None:
            outcomes.append(missing)
            continue
        reason = _shared(part, case, result, refs)
        outcomes.append(passed(check, case, part) if reason is None else failed(check, case, reason, part))
    return outcomes


def _shared(part: str, case: Case, result: CaseResult, refs: tuple[Ref, ...]) -> Finding | None:
    """Which arrays hold a number that another was filled with; None where none does."""
    numbers = {
        (net, name): float(np.ravel(array)[0])
        for net, ref in enumerate(refs)
        for name, array in case.expected(ref).items()
    }
    within: set[str] = set()
    between: set[str] = set()
    for net, ref in enumerate(refs):
        for name, array in _arrays(result.value(case, ref)).items():
            for (other_net, other), number in numbers.items():
                if (other_net, other) != (net, name) and np.any(array == number):
                    (within if other_net == net else between).update({name, other})
    if within:
        return SharedArrays(part, ", ".join(sorted(within)[:_MOST]))
    return SharedBetweenNets(part, ", ".join(sorted(between)[:_MOST])) if between else None


def _arrays(value: Any) -> Mapping[str, Any]:
    """The arrays of a dict, by name; what else came is judged by other checks."""
    if not isinstance(value, dict):
        return {}
    arrays = {str(name)[:40]: real_array(item) for name, item in value.items()}
    return {name: array for name, array in arrays.items() if array is not None}


def form(check: Check, where: str, case: Case) -> None:
    """Kept results that are dicts of arrays, each full of a number that no other array has."""
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        at = f"{where}.outputs[{part!r:.40}]"
        refs = items(lambda v, w: kept(v, w, case), least=1)(value, at)
        dicts = [case.expected(ref) for ref in refs]
        if not all(type(each) is dict for each in dicts):
            raise FieldError(f"{at} should be dicts of arrays")
        arrays = [real_array(array) for each in dicts for array in each.values()]
        if any(array is None or not array.size or np.ptp(array) for array in arrays):
            raise FieldError(f"{at} should hold arrays that are each filled with one number")
        if len({float(np.ravel(array)[0]) for array in arrays}) < len(arrays):
            raise FieldError(f"{at} fills two arrays with one number")


KIND = CheckKind(
    "separate",
    judge,
    form,
    passes_without_an_answer=True,
    tells_answers_apart=False,
    known_by_verdict=True,
    sees_side_effects=True,
)
