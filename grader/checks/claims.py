"""Claims: what a mistake's sentence says of an answer, as formulas that can be asked of its results.

A formula computes with ``x``: ``x["yours"]`` and ``x["due"]`` hold what came and what was due, by part (of a
part with several results by ``part.key``, or ``.key`` alone; of several steps a list), ``x["in"]`` the input
arrays, ``x["size"]`` the rung's sizes and ``x["set"]`` the numbers that calls are given by keyword, by
name. It holds where it is true in every public case that has all that it names, and in one at least:
``np.allclose(x["yours"]["db"], x["due"]["db"] / x["size"]["N"])``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from grader.checks.compare import real_array
from grader.checks.kinds import kind_of
from grader.model import Case, CaseResult, Ref
from grader.model.formulas import FormulaError, parse_formula


def claims_hold(claims: Sequence[str], cases: Iterable[tuple[Case, CaseResult]]) -> bool:
    """Whether every claim holds of what an answer gave. A formula that cannot be computed does not hold."""
    looks = [_look(case, result) for case, result in cases] if claims else []
    return all(_holds(claim, looks) for claim in claims)


def _holds(claim: str, looks: Sequence[dict[str, Any]]) -> bool:
    asked = False
    for look in looks:
        try:
            with np.errstate(all="ignore"):
                value = parse_formula(claim)(look)
        except KeyError:  # it names what this case does not have
            continue
        except (FormulaError, TypeError, ValueError, IndexError, ArithmeticError):
            return False
        if not bool(np.all(value)):
            return False
        asked = True
    return asked


def _look(case: Case, result: CaseResult) -> dict[str, Any]:
    """One case, as formulas see it: arrays of numbers alone; what did not come is not there."""
    yours: dict[str, Any] = {}
    due: dict[str, Any] = {}
    for check in case.checks:
        several = kind_of(check.kind).compares_entries
        for part, value in check.outputs.items():
            if not several and not isinstance(value, Ref):
                continue  # results that are compared with each other have no right values
            for key, refs in _results(part, value):
                if all(ref in case.keep and ref.step not in result.failures for ref in refs):
                    came = [real_array(result.value(case, ref)) for ref in refs]
                    right = [real_array(case.expected(ref)) for ref in refs]
                    if all(array is not None for array in (*came, *right)):
                        one = len(refs) == 1 and isinstance(value, Ref)
                        yours.setdefault(key, came[0] if one else came)
                        due.setdefault(key, right[0] if one else right)
    return {"yours": yours, "due": due, "in": _inputs(case), "size": _sizes(case), "set": _settings(case)}


def _inputs(case: Case) -> dict[str, Any]:
    """The inputs by name; of several with one name the first has it, and then ``w_2``, ``w_3``."""
    inputs: dict[str, Any] = {}
    for name, value in zip(case.input_names, case.inputs, strict=True):
        times = sum(known.partition("_")[0] == name for known in inputs)
        inputs[f"{name}_{times + 1}" if times else name] = value
    return inputs


def _sizes(case: Case) -> dict[str, Any]:
    """The lengths of axes, and what else a rung has numbers for, such as a probability."""
    numbers = {name: size for name, size in case.sizes.items() if isinstance(size, float)}
    return {**numbers, **case.axes}


def _settings(case: Case) -> dict[str, Any]:
    """The numbers that the case's calls are given by keyword, such as ``reg``; the first of each name."""
    settings: dict[str, Any] = {}
    for step in case.steps:
        for name, value in step.kwargs.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                settings.setdefault(name, value)
    return settings


def _results(part: str, value: Any) -> Iterable[tuple[str, list[Ref]]]:
    """The results of a part by the names that formulas have for them."""
    if isinstance(value, Ref):
        yield part, [value]
        if value.path:
            yield f"{part}.{value.path[-1]}", [value]
            yield f".{value.path[-1]}", [value]
    elif isinstance(value, tuple | list):
        refs = [ref for ref in value if isinstance(ref, Ref)]
        if refs:
            yield part, refs
