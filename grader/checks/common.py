"""What every kind of check shares: outcomes, and results that are not there."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.causes import first_failure, function_of, reason_of
from grader.checks.kinds import kind_of
from grader.model import Absent, Case, CaseResult, Check, Failure, Finding, Outcome, OutcomeStatus, Ref
from grader.model.reasons import NothingGiven, Unusable, WrongStructure, WrongType


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
    function = function_of(case, ref.step)
    if is_none(value):
        what = "None" if value is None else value.what
        return outcome(check, case, part, "not_attempted", NothingGiven(part, function, what))
    if isinstance(value, Absent) and value.what == "subclass":
        due = str(np.shape(case.expected(ref)))
        return outcome(
            check, case, part, "failed", WrongType(part, due, "", value.what, value.detail), kind="shape"
        )
    if isinstance(value, Absent):
        return outcome(check, case, part, "failed", WrongStructure(part, function, value.what, value.detail))
    return None


def is_none(value: Any) -> bool:
    """Whether a result is what a function gives that computes nothing."""
    return value is None or (isinstance(value, Absent) and value.what in ("None", "empty dict"))


def _failed_step(
    check: Check, case: Case, result: CaseResult, part: str, ref: Ref, failure: Failure
) -> Outcome:
    """What became of a step that gave nothing; of one that was not called, what happened first."""
    if failure.kind == "skipped":
        first = first_failure(case, result, ref.step)
        reason = reason_of(case, part, first, result.failures[first])
        return outcome(check, case, part, "skipped", reason)
    reason = reason_of(case, part, ref.step, failure)
    if isinstance(reason, Unusable):
        return failed(check, case, reason, part)
    return outcome(check, case, part, _status(failure), reason)


def _status(failure: Failure) -> OutcomeStatus:
    """The status of a result whose own step failed. A stub may raise NotImplementedError."""
    if failure.kind == "missing" or failure.error == "NotImplementedError":
        return "not_attempted"
    if failure.kind == "raised":
        return "error"
    return "timeout" if failure.kind == "timeout" else "crashed"
