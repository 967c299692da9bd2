"""Negligible: what is 0 in the right answer, but for rounding errors, is so in this one.

A scaled error says nothing of it: rounding errors of 1e-17 have no digits in common. What is added before
batch normalisation is taken away again, so that a loss does not depend on the biases there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, sample
from grader.checks.shape import wrong_form
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref, finding, tellable
from grader.model.fields import number, record
from grader.model.reasons import NotFinite

_RTOL = TOLERANCES["values"]


@finding("not_negligible", when_hidden=True)
class NotNegligible(Finding):
    """A result that should vanish does not; ``of`` is its name, ``largest`` its largest magnitude."""

    part: str = tellable(default="")
    of: str = ""
    largest: float = 0.0


def negligible(beside: float, **outputs: Any) -> Check:
    """Each output is 0 but for rounding errors, beside numbers of the size of ``beside``."""
    return Check("negligible", outputs, {"beside": beside})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    return [
        no_value(check, case, result, part, ref)
        or wrong_form(check, case, result, part, ref)
        or _judge_array(check, case, result, part, ref)
        for part, ref in check.outputs.items()
    ]


def _judge_array(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome:
    value = np.asarray(real_array(result.value(case, ref)), dtype=np.float64)
    if not np.all(np.isfinite(value)):
        return failed(check, case, NotFinite(part, int(np.sum(~np.isfinite(value))), value.size), part)
    largest = float(np.max(np.abs(value)))
    measured = {"scaled_error": largest / check.options["beside"], "tolerance": _RTOL}
    if largest <= _RTOL * check.options["beside"]:
        return passed(check, case, part, measured)
    name = str(ref.path[-1]) if ref.path else part
    return failed(check, case, NotNegligible(part, name, largest), part, measured)


def form(check: Check, where: str, case: Case) -> None:
    """Arrays that are not empty, and a size."""
    options = record(check.options, f"{where}.options", ("beside",))
    number(1e-300, 1e300)(options["beside"], f"{where}.options.beside")
    each(sample, check, where, case)


KIND = CheckKind(
    "negligible",
    judge,
    form,
    passes_without_an_answer=True,
    tells_answers_apart=False,
    known_by_verdict=True,
)
