"""Why a result is not there: what happened first, told of the student's own function and line.

A step that fails takes down those that need its result. What is told of them is the first failure among the
steps that they build on, never a formula that a rubric computes with.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.model import Absent, Case, CaseResult, Failure, Finding, Ref, Step, needed_steps, refs_in
from grader.model.reasons import (
    Crashed,
    NotDefined,
    NothingGiven,
    Raised,
    Skipped,
    TimedOut,
    Unusable,
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
_OURS = ("apply", "update")
"""Operations that the grader computes: no function of a student's is called."""


def first_failure(case: Case, result: CaseResult, step: int) -> int:
    """The step that failed first among those that ``step`` builds on, itself included."""
    failed = [s for s in needed_steps(case.steps, step) if s in result.failures]
    return min((s for s in failed if result.failures[s].kind != "skipped"), default=min(failed, default=step))


def function_of(case: Case, step: int) -> str:
    """The student's function that a step calls; of a formula, the one that gave what it is computed of."""
    while case.steps[step].operation in _OURS:
        given = [ref.step for ref in _given(case.steps[step])]
        if not given:
            return ""
        step = given[0]
    return case.steps[step].name


def reason_of(case: Case, part: str, step: int, failure: Failure) -> Finding:
    """What is told of a step that failed."""
    function = function_of(case, step)
    match failure.kind:
        case "skipped":
            return _about_what_is_absent(case, part, step, failure.absent)
        case "missing":
            return NotDefined(function)
        case "raised" if case.steps[step].operation in _OURS:
            return Unusable(part, function, _names(_given(case.steps[step])))
        case "raised":
            return _raised(part, function, failure)
        case "timeout":
            return TimedOut(function, failure.cause, failure.amount)
    return Crashed(function, failure.cause, failure.message[:_LONGEST])


def _about_what_is_absent(case: Case, part: str, step: int, absent: Absent | None) -> Finding:
    """A step needs a part of a result that an earlier one does not have."""
    sources = [ref for ref in _given(case.steps[step]) if ref.path]
    if absent is None or not sources:
        return Skipped(part, function_of(case, step))
    name = _names(sources[:1]) or part
    function = function_of(case, sources[0].step)
    if absent.what in ("None", "empty dict"):
        return NothingGiven(name, function, absent.what)
    return WrongStructure(name, function, absent.what, absent.detail)


def _given(step: Step) -> list[Ref]:
    """The earlier results that a step uses."""
    return refs_in((step.target, step.args, step.kwargs))


def _names(refs: Sequence[Ref]) -> str:
    """The entries that references name, in a row."""
    return ", ".join(dict.fromkeys(key for ref in refs for key in ref.path if isinstance(key, str)))


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
