"""What every kind of check shares: outcomes, and results that are not there."""

from __future__ import annotations

from typing import Any

from grader.checks.kinds import kind_of
from grader.model import Absent, Case, CaseResult, Check, Failure, Finding, Outcome, OutcomeStatus, Ref
from grader.model.reasons import (
    Crashed,
    NotDefined,
    NothingGiven,
    Raised,
    Skipped,
    TimedOut,
    WrongStructure,
)

_PYTHON2 = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "reduce": "functools.reduce",
}
_LONGEST = 2_000
"""Characters of an exception's message: it may have ten million."""


def outcome(
    check: Check,
    case: Case,
    part: str,
    status: OutcomeStatus,
    *findings: Finding,
    measurements: dict[str, Any] | None = None,
    scored: bool = True,
    kind: str = "",
) -> Outcome:
    """An outcome of ``check`` for one part of one case; ``kind`` where another kind found it."""
    return Outcome(
        check=kind or check.kind,
        status=status,
        hidden=case.hidden,
        part=part,
        case=case.label,
        rung=case.rung,
        scored=scored,
        substantial=not kind_of(check.kind).passes_without_an_answer,
        findings=findings,
        measurements=measurements or {},
    )


def passed(check: Check, case: Case, part: str, measurements: dict[str, Any] | None = None) -> Outcome:
    """The outcome of a part that is right."""
    return outcome(check, case, part, "passed", measurements=measurements)


def failed(
    check: Check, case: Case, finding: Finding, part: str, measurements: dict[str, Any] | None = None
) -> Outcome:
    """The outcome of a part that is wrong, with the reason."""
    return outcome(check, case, part, "failed", finding, measurements=measurements)


def no_value(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome | None:
    """The outcome when ``ref`` has no value to judge; None when it has one."""
    failure = result.failures.get(ref.step)
    if failure is not None:
        return _failed_step(check, case, result, part, ref, failure)
    value = result.value(case, ref)
    function = case.steps[ref.step].name
    if is_none(value):
        what = "None" if value is None else value.what
        return outcome(check, case, part, "not_attempted", NothingGiven(part, function, what))
    if isinstance(value, Absent):
        return outcome(check, case, part, "failed", WrongStructure(part, function, value.what, value.detail))
    return None


def is_none(value: Any) -> bool:
    """Whether a result is what a function gives that computes nothing."""
    return value is None or (isinstance(value, Absent) and value.what in ("None", "empty dict"))


def _failed_step(
    check: Check, case: Case, result: CaseResult, part: str, ref: Ref, failure: Failure
) -> Outcome:
    function = case.steps[ref.step].name
    match failure.kind:
        case "skipped":
            step = min((s for s, f in result.failures.items() if f.kind != "skipped"), default=ref.step)
            first = result.failures[step]
            if first.kind == "missing":
                return outcome(check, case, part, "skipped", NotDefined(case.steps[step].name))
            return outcome(check, case, part, "skipped", Skipped(part, function, first.error))
        case "missing":
            return outcome(check, case, part, "not_attempted", NotDefined(function))
        case "raised":
            return outcome(check, case, part, "error", _raised(part, function, failure))
        case "timeout":
            return outcome(check, case, part, "timeout", TimedOut(function, failure.cause, failure.amount))
    return outcome(check, case, part, "crashed", Crashed(function, failure.cause, failure.message[:_LONGEST]))


def _raised(part: str, function: str, failure: Failure) -> Raised:
    """An exception; a name that an older Python had comes with today's."""
    place = failure.place
    old = next((n for n in _PYTHON2 if failure.error == "NameError" and f"'{n}'" in failure.message), "")
    return Raised(
        part,
        function,
        failure.error,
        failure.message[:_LONGEST],
        place.cell if place is not None else "",
        place.line if place is not None else 0,
        place.text if place is not None else "",
        _PYTHON2.get(old, ""),
        old,
    )
