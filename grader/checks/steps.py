"""Optimizer steps, one by one: next_w, and each entry of the state, against the key.

The state is reset before each step (the rubric lays it over what the step before gave), so one error is one
error and not a run gone astray. Values are compared element by element: a step has small elements beside
large ones, and the small ones count. Where the contract leaves a choice open, such as the place of epsilon,
``forms`` holds what each accepted choice gives; *all* steps must agree with *one* of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, real, series
from grader.checks.shape import wrong_form
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.fields import FieldError, entries, items, name, record
from grader.model.reasons import WrongValues


@finding("forms", when_hidden=True)
class FormsMixed(Finding):
    """Some steps follow one accepted form of a rule, and others another."""

    part: str = tellable(default="")
    step: int = 0


Forms = Mapping[str, Sequence[Any]]
"""What each further accepted form gives at each step, by the form's name."""


def steps(forms: Mapping[str, Forms] | None = None, /, **outputs: Sequence[Any]) -> Check:
    """Each output, a result a step, is right at every step; ``forms`` by output."""
    accepted = {
        part: {name: tuple(np.array(value) for value in values) for name, values in named.items()}
        for part, named in (forms or {}).items()
    }
    return Check("steps", {part: tuple(refs) for part, refs in outputs.items()}, {"forms": accepted})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    return [_judge_part(check, case, result, part) for part in check.outputs]


def _judge_part(check: Check, case: Case, result: CaseResult, part: str) -> Outcome:
    refs = check.outputs[part]
    actual: list[Any] = []
    for number, ref in enumerate(refs, 1):
        wrong = no_value(check, case, result, part, ref) or wrong_form(check, case, result, part, ref)
        if wrong is not None:
            wrong.measurements["step"] = number
            return wrong
        actual.append(result.value(case, ref))
    forms = [[case.expected(ref) for ref in refs], *check.options["forms"].get(part, {}).values()]
    tolerance = TOLERANCES["steps"]
    measured: dict[str, Any] = {"tolerance": tolerance}
    errors_by_form: list[list[float]] = []
    for expected in forms:
        errors_by_form.append([elementwise_error(a, e) for a, e in zip(actual, expected, strict=True)])
        if all(error <= tolerance for error in errors_by_form[-1]):  # NaN is not
            measured["scaled_error"] = max(errors_by_form[-1])
            return passed(check, case, part, measured)
    errors = np.array(errors_by_form)
    right = errors <= tolerance
    best = int(np.argmax(np.cumprod(right, axis=1).sum(axis=1)))  # the form that holds longest
    first = int(np.argmin(right[best]))
    measured |= {"step": first + 1, "scaled_error": float(errors[best, first])}
    if len(forms) > 1 and right.any(axis=0).all():
        return failed(check, case, FormsMixed(part, first + 1), part, measured)
    return failed(check, case, WrongValues(part, first + 1, len(refs)), part, measured)


def elementwise_error(actual: Any, expected: Any) -> float:
    """The largest of |actual − expected| / |expected|, element by element; NaN gives infinity.

    Where 0 is due, anything but 0 is measured against the smallest digit of the largest element.
    """
    a = np.asarray(actual, dtype=np.float64)
    e = np.asarray(expected, dtype=np.float64)
    if a.size == 0:
        return 0.0
    with np.errstate(all="ignore"):
        gap = np.abs(a - e)
    gap = np.where(np.isfinite(gap), gap, np.inf)
    scale = np.maximum(np.abs(e), np.finfo(np.float64).eps * np.max(np.abs(e)))
    with np.errstate(all="ignore"):
        error = np.where(gap == 0, 0.0, gap / scale)
    return float(np.max(np.where(np.isnan(error), np.inf, error)))


def form(check: Check, where: str, case: Case) -> None:
    """Arrays, several in a row, and what each accepted form gives in their stead."""
    options = record(check.options, f"{where}.options", ("forms",))
    each(series(real), check, where, case)
    forms = entries(name, entries(name, items(lambda value, at: value)))(
        options["forms"], f"{where}.options.forms"
    )
    for part, named in forms.items():
        if part not in check.outputs:
            raise FieldError(f"{where}.options.forms holds forms of {part!r:.40}, which is not judged")
        shapes = [np.shape(case.expected(ref)) for ref in check.outputs[part]]
        for one, values in named.items():
            arrays = [real_array(value) for value in values]
            if [None if a is None else np.shape(a) for a in arrays] != shapes:
                raise FieldError(f"{where}.options.forms: {one!r:.40} is not of its key's shapes")


KIND = CheckKind(
    "steps",
    judge,
    form,
    compares_entries=True,
    subject=lambda refs, outcome: refs[outcome.measurements.get("step", 1) - 1],
)
