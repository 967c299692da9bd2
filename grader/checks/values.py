"""Values against the answer key: shapes first, then the scaled error."""

from __future__ import annotations

from typing import Any

from grader.checks import shape
from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import difference
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome


def values(*, tolerance: str = "values", **outputs: Any) -> Check:
    """Each output has the right shape and the right values; ``tolerance`` names a row of the table."""
    return Check("values", outputs, {"tolerance": tolerance})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    tolerance = TOLERANCES[check.options["tolerance"]]
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        wrong = no_value(check, case, result, part, ref) or shape.problem(check, case, result, part, ref)
        if wrong is not None:
            outcomes.append(wrong)
            continue
        gap = difference(result.value(case, ref), case.expected(ref))
        measured = {"scaled_error": gap.scaled_error, "tolerance": tolerance}
        if gap.scaled_error <= tolerance:
            outcomes.append(outcome(check, case, part, "passed", f"{part} is right.", measurements=measured))
            continue
        message = f"{part} has the right shape, but wrong values."
        finding = Finding("values", message)
        outcomes.append(
            outcome(check, case, part, "failed", message, findings=(finding,), measurements=measured)
        )
    return outcomes
