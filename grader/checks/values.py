"""Values against the answer key: shapes first, then the scaled error."""

from __future__ import annotations

from typing import Any

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import difference
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, real
from grader.checks.shape import wrong_form
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Outcome
from grader.model.fields import choice, record
from grader.model.reasons import WrongValues


def values(*, tolerance: str = "values", **outputs: Any) -> Check:
    """Each output has the right shape and the right values; ``tolerance`` names a row of the table."""
    return Check("values", outputs, {"tolerance": tolerance})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    tolerance = TOLERANCES[check.options["tolerance"]]
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or wrong_form(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        gap = difference(result.value(case, ref), case.expected(ref))
        measured = {"scaled_error": gap.scaled_error, "tolerance": tolerance}
        if gap.scaled_error <= tolerance:
            outcomes.append(passed(check, case, part, measured))
        else:
            outcomes.append(failed(check, case, WrongValues(part), part, measured))
    return outcomes


def form(check: Check, where: str, case: Case) -> None:
    """Arrays, and a row of the table of tolerances."""
    options = record(check.options, f"{where}.options", ("tolerance",))
    choice(*TOLERANCES)(options["tolerance"], f"{where}.options.tolerance")
    each(real, check, where, case)


KIND = CheckKind("values", judge, form, compares_entries=True)
