"""Precision: the arrays of a dict are of the very type that was asked for, neither less precise nor more."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, outcome, passed
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, kept
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.fields import FieldError, record
from grader.model.reasons import NothingGiven

_MOST = 8
"""Names that are told."""


@finding("other_precision", when_hidden=True)
class OtherPrecision(Finding):
    """Arrays are of another type than is due; ``names`` is a list."""

    part: str = tellable(default="")
    names: str = ""
    due: str = ""
    actual: str = ""
    """Of the first of them."""


def precision(**outputs: Any) -> Check:
    """Each output is a dict of arrays with the dtypes of the right one."""
    return Check("precision", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a dict."""
    return [
        no_value(check, case, result, part, ref)
        or _judge_dict(check, case, part, result.value(case, ref), case.expected(ref))
        for part, ref in check.outputs.items()
    ]


def _judge_dict(check: Check, case: Case, part: str, value: Any, expected: dict[str, Any]) -> Outcome:
    if value == {}:
        return outcome(check, case, part, "not_attempted", NothingGiven(part, "", "empty dict"))
    held = value if isinstance(value, dict) else {}  # its keys and shapes are judged by other checks
    arrays = {name: held[name] for name in expected if isinstance(held.get(name), np.ndarray)}
    wrong = [name for name, array in arrays.items() if array.dtype != expected[name].dtype]
    if not wrong:
        return passed(check, case, part)
    due, actual = str(expected[wrong[0]].dtype), str(arrays[wrong[0]].dtype)
    return failed(check, case, OtherPrecision(part, ", ".join(wrong[:_MOST]), due, actual), part)


def form(check: Check, where: str, case: Case) -> None:
    """Kept results that are dicts of arrays."""
    record(check.options, f"{where}.options", ())
    each(kept, check, where, case)
    for ref in check.outputs.values():
        arrays = case.expected(ref)
        if type(arrays) is not dict or not all(isinstance(array, np.ndarray) for array in arrays.values()):
            raise FieldError(f"{where} asks for the precision of a result that is no dict of arrays")


KIND = CheckKind(
    "precision",
    judge,
    form,
    passes_without_an_answer=True,
    tells_answers_apart=False,
    known_by_verdict=True,
)
