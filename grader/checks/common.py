"""What every kind of check shares: from a result that is not there to an outcome that says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.model import Absent, Case, CaseResult, Check, Failure, Finding, Outcome, OutcomeStatus, Ref

Evaluate = Callable[[Case, Ref, list[dict[int, Any]]], list[Any]]
"""Values of a result at other inputs, from the implementation that is being judged."""

_STATUS: dict[str, OutcomeStatus] = {
    "raised": "error",
    "timeout": "timeout",
    "crashed": "crashed",
    "skipped": "skipped",
    "missing": "not_attempted",
}


def outcome(
    check: Check,
    case: Case,
    part: str,
    status: OutcomeStatus,
    message: str,
    *,
    findings: tuple[Finding, ...] = (),
    measurements: dict[str, Any] | None = None,
    scored: bool = True,
    kind: str = "",
) -> Outcome:
    """An outcome of ``check`` for one part of one case."""
    return Outcome(
        check=kind or check.kind,
        status=status,
        hidden=case.hidden,
        message=message,
        part=part,
        case=case.label,
        rung=case.rung,
        scored=scored,
        findings=findings,
        measurements=measurements or {},
    )


def no_value(check: Check, case: Case, result: CaseResult, part: str, ref: Ref) -> Outcome | None:
    """The outcome when ``ref`` has no value to judge; None when it has one."""
    failure = result.failures.get(ref.step)
    if failure is not None:
        return _failed_step(check, case, result, part, ref, failure)
    value = result.value(case, ref)
    step = case.steps[ref.step]
    if value is None or (isinstance(value, Absent) and value.what in ("None", "an empty dict")):
        message = f"`{step.name}` gives {'None' if value is None else value.what} for {part}."
        return outcome(check, case, part, "not_attempted", message, findings=(Finding("none", message),))
    if isinstance(value, Absent):
        message = f"`{step.name}` should give {part} here, but gives {value.what}."
        return outcome(check, case, part, "failed", message, findings=(Finding("structure", message),))
    return None


def _failed_step(
    check: Check, case: Case, result: CaseResult, part: str, ref: Ref, failure: Failure
) -> Outcome:
    name = case.steps[ref.step].name
    if failure.kind == "skipped":
        step = min((s for s, f in result.failures.items() if f.kind != "skipped"), default=ref.step)
        first = result.failures[step]
        if first.kind == "missing":
            message = _undefined(case.steps[step].name)
            return outcome(check, case, part, "skipped", message, findings=(Finding("missing", message),))
        why = f": {first.error}" if first.error else ""
        message = f"`{name}` could not be called, since a step before it gave nothing{why}."
        return outcome(check, case, part, "skipped", message)
    if failure.kind == "missing":
        message = _undefined(name)
        return outcome(check, case, part, "not_attempted", message, findings=(Finding("missing", message),))
    if failure.kind == "raised":
        reason = f": {_cut(failure.message)}" if failure.message else ""
        where = f" ({failure.place.cell}, line {failure.place.line})" if failure.place else ""
        message = f"`{name}` raises {failure.error}{reason}{where}.{_old_python(failure)}"
    elif failure.kind == "timeout":
        message = f"`{name}` does not come back. {failure.message}"
    else:
        message = f"`{name}` ended the whole process instead of returning. {failure.message}"
    data: dict[str, Any] = {"error": failure.error}
    if failure.place is not None:
        data |= {
            "cell": failure.place.cell,
            "line": failure.place.line,
            "text": failure.place.text,
        }
    finding = Finding(failure.kind, message, data)
    return outcome(check, case, part, _STATUS[failure.kind], message, findings=(finding,))


_PYTHON2 = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "reduce": "functools.reduce",
}


def _old_python(failure: Failure) -> str:
    """A sentence for names that an older Python or NumPy had."""
    for old, new in _PYTHON2.items():
        if failure.error == "NameError" and f"'{old}'" in failure.message:
            return f" `{old}` is Python 2; Python 3 says `{new}`."
    return ""


def _undefined(name: str) -> str:
    return f"`{name}` is not defined: the cell that should define it has not run, or failed."


def _cut(text: str, limit: int = 300) -> str:
    """Ten megabytes of message are told in a sentence."""
    return text if len(text) <= limit else text[:limit] + " …"
