"""Kinds of checks, one file each: a function that a rubric calls, and ``judge``.

``judge(check, case, result, evaluate)`` gives the outcomes of one check in one case. A kind is found by the
name of its file: adding one is adding one file.
"""

from __future__ import annotations

import importlib

from grader.checks.common import Evaluate
from grader.model import Case, CaseResult, Check, Outcome

__all__ = ["Evaluate", "decides", "judge_case"]


def decides(check: Check) -> bool:
    """Whether points depend on a check: not on what is only drawn, or measured to explain."""
    return check.kind != "trajectory" and (check.kind != "gradient" or bool(check.options["scores"]))


def judge_case(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """All outcomes of one case, in the rubric's order."""
    outcomes: list[Outcome] = []
    for check in case.checks:
        kind = importlib.import_module(f"grader.checks.{check.kind}")
        outcomes += kind.judge(check, case, result, evaluate)
    return outcomes
