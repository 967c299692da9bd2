"""Keys of a dict: the contract's names, no other and none missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.checks.common import failed, no_value, outcome, passed
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import kept
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.fields import FieldError, record
from grader.model.reasons import NothingGiven, WrongType


@finding("keys_lacking", when_hidden=True)
class KeysLacking(Finding):
    """A dict lacks keys; all three are lists of names."""

    part: str = tellable(default="")
    due: str = ""
    missing: str = ""


@finding("keys_extra", when_hidden=True)
class KeysExtra(Finding):
    """A dict has keys that nobody asked for."""

    part: str = tellable(default="")
    due: str = ""
    unexpected: str = ""


@finding("keys_other", when_hidden=True)
class KeysOther(Finding):
    """A dict has other keys than those that are due."""

    part: str = tellable(default="")
    due: str = ""
    missing: str = ""
    unexpected: str = ""


def keys(**outputs: Any) -> Check:
    """Each output is a dict with the keys of the right one."""
    return Check("keys", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a dict."""
    return [
        no_value(check, case, result, part, ref)
        or _judge_dict(check, case, part, result.value(case, ref), case.expected(ref))
        for part, ref in check.outputs.items()
    ]


def _judge_dict(check: Check, case: Case, part: str, value: Any, expected: dict[str, Any]) -> Outcome:
    due = _names(sorted(expected))
    if not isinstance(value, dict):
        return failed(check, case, WrongType(part, "", due), part)
    if not value:
        return outcome(check, case, part, "not_attempted", NothingGiven(part, "", "empty dict"))
    missing, extra = (
        _names(sorted(set(expected) - set(value))),
        _names(sorted(set(value) - set(expected))[:8]),
    )
    if missing and extra:
        return failed(check, case, KeysOther(part, due, missing, extra), part)
    if missing:
        return failed(check, case, KeysLacking(part, due, missing), part)
    return failed(check, case, KeysExtra(part, due, extra), part) if extra else passed(check, case, part)


def _names(keys: Iterable[Any]) -> str:
    return ", ".join(str(key)[:40] for key in keys)


def form(check: Check, where: str, case: Case) -> None:
    """Results whose keys are dicts."""
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        ref = kept(value, f"{where}.outputs[{part!r:.40}]", case)
        if type(case.expected(ref)) is not dict:
            raise FieldError(f"{where} asks for the keys of a result whose key is no dict")


KIND = CheckKind("keys", judge, form)
