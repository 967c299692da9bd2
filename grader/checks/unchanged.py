"""Purity: a call leaves the arguments alone that its contract says it leaves alone."""

from __future__ import annotations

from typing import Any

from grader.checks.common import failed, is_none, no_value, outcome, passed
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, kept
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref, finding
from grader.model.fields import items, name, record
from grader.model.reasons import NothingGiven


@finding("overwritten", when_hidden=True)
class Overwritten(Finding):
    """A call altered arguments that it should leave alone; ``arguments`` is a list of names."""

    function: str = ""
    arguments: str = ""


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
        function = case.steps[ref.step].name
        if ref in case.keep and is_none(result.value(case, ref)):  # a stub leaves its arguments alone too
            outcomes.append(outcome(check, case, part, "not_attempted", NothingGiven(part, function)))
            continue
        names = [name for name in check.options["arguments"] if _overwrites(case, result, ref, name)]
        if names:
            outcomes.append(failed(check, case, Overwritten(function, ", ".join(names)), part))
        else:
            outcomes.append(passed(check, case, part))
    return outcomes


def _overwrites(case: Case, result: CaseResult, ref: Ref, argument: str) -> bool:
    parameters = case.steps[ref.step].parameters
    position = parameters.index(argument) if argument in parameters else -1
    return any(
        change.step == ref.step and change.argument in (position, argument) for change in result.changed
    )


def form(check: Check, where: str, case: Case) -> None:
    """Results of calls, and names of their arguments."""
    options = record(check.options, f"{where}.options", ("arguments",))
    items(name)(options["arguments"], f"{where}.options.arguments")
    each(kept, check, where, case)


KIND = CheckKind("unchanged", judge, form, passes_without_an_answer=True, judges_arguments=True)
