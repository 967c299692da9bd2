"""Keys of a dict: the contract's names, no other and none missing."""

from __future__ import annotations

from typing import Any

from grader.checks.common import Evaluate, no_value, outcome
from grader.model import Case, CaseResult, Check, Finding, Outcome


def keys(**outputs: Any) -> Check:
    """Each output is a dict with the keys of the right one."""
    return Check("keys", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a dict."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        missing = no_value(check, case, result, part, ref)
        if missing is not None:
            outcomes.append(missing)
            continue
        value, expected = result.value(case, ref), case.expected(ref)
        if not isinstance(value, dict):
            message = f"{part} should be a dict with the keys {_join(expected)}."
            outcomes.append(
                outcome(check, case, part, "failed", message, findings=(Finding("type", message),))
            )
        elif not value:
            outcomes.append(outcome(check, case, part, "not_attempted", f"{part} is an empty dict."))
        elif set(value) == set(expected):
            outcomes.append(outcome(check, case, part, "passed", f"{part} has the right keys."))
        else:
            absent, extra = sorted(set(expected) - set(value)), sorted(set(value) - set(expected))
            differences = [f"lacks {_join(absent)}"] if absent else []
            differences += (
                [f"has {_join(extra[:8])} instead" if absent else f"has {_join(extra[:8])} too many"]
                if extra
                else []
            )
            message = (
                f"{part} should have the keys {_join(sorted(expected))}; it {' and '.join(differences)}."
            )
            data = {"missing": absent, "unexpected": [name[:40] for name in extra[:8]]}
            outcomes.append(
                outcome(check, case, part, "failed", message, findings=(Finding("keys", message, data),))
            )
    return outcomes


def _join(names: Any) -> str:
    return ", ".join(f"`{str(name)[:40]}`" for name in names)
