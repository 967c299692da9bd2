"""Kinds of checks, one file each: a function that a rubric calls, ``judge``, and the kind's declaration.

``judge(check, case, result, evaluate)`` gives the outcomes of one check in one case. Adding a kind is adding
one file; see ``kinds`` for what it declares.
"""

from __future__ import annotations

from grader.checks.common import no_value, outcome
from grader.checks.kinds import CheckKind, Evaluate, kind_names, kind_of, own_kind_names, register
from grader.model import Case, CaseResult, Check, Outcome

__all__ = [
    "CheckKind",
    "Evaluate",
    "decides",
    "judge_case",
    "kind_names",
    "kind_of",
    "no_value",
    "outcome",
    "own_kind_names",
    "register",
]


def decides(check: Check) -> bool:
    """Whether points depend on a check: not on what is only drawn, or measured to explain."""
    return kind_of(check.kind).decides_points(check)


def judge_case(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """All outcomes of one case, in the rubric's order."""
    return [o for check in case.checks for o in kind_of(check.kind).judge(check, case, result, evaluate)]
