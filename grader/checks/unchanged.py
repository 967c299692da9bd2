"""Purity: a call leaves the arguments alone that its contract says it leaves alone."""

from __future__ import annotations

from typing import Any

from grader.checks.common import Evaluate, no_value, outcome
from grader.model import Absent, Case, CaseResult, Check, Finding, Outcome, Ref


def unchanged(*arguments: str, **calls: Any) -> Check:
    """The call that gave each output leaves the named ``arguments`` as they were, bit for bit."""
    return Check("unchanged", calls, {"arguments": arguments})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a call."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        if ref.step in result.failures:
            missing = no_value(check, case, result, part, ref)
            outcomes += [missing] if missing is not None else []
            continue
        if _nothing_done(case, result, ref):
            message = f"`{case.steps[ref.step].name}` gives None: nothing to judge yet."
            outcomes.append(outcome(check, case, part, "not_attempted", message))
            continue
        overwritten = [name for name in check.options["arguments"] if _overwrites(case, result, ref, name)]
        if not overwritten:
            outcomes.append(outcome(check, case, part, "passed", "The arguments are left as they were."))
            continue
        names = " and ".join(f"`{name}`" for name in overwritten)
        message = (
            f"`{case.steps[ref.step].name}` overwrites {names}: a second call with the same "
            "arguments then gives another result. Build a new array, work on a copy, or put back exactly "
            "what was there."
        )
        finding = Finding("overwritten", message, {"arguments": overwritten})
        outcomes.append(outcome(check, case, part, "failed", message, findings=(finding,)))
    return outcomes


def _nothing_done(case: Case, result: CaseResult, ref: Ref) -> bool:
    """Whether the judged result itself is None: a stub leaves its arguments alone too, and earns nothing."""
    value = result.value(case, ref) if ref in case.keep else 0
    return value is None or (isinstance(value, Absent) and value.what == "None")


def _overwrites(case: Case, result: CaseResult, ref: Ref, argument: str) -> bool:
    parameters = case.steps[ref.step].parameters
    position = parameters.index(argument) if argument in parameters else -1
    return any(
        change.step == ref.step and change.argument in (position, argument) for change in result.changed
    )
