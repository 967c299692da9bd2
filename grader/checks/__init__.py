"""Kinds of checks, one file each: a function that a rubric calls, ``judge``, and the kind's declaration.

``judge(check, case, result, evaluate)`` gives the outcomes of one check in one case. Adding a kind is adding
one file; see ``kinds`` for what it declares. Rubrics are written with the functions that are listed here.
"""

from __future__ import annotations

from grader.checks.batch_of_one import batch_of_one
from grader.checks.common import no_value, outcome
from grader.checks.dropout import dropout, dropout_gradient
from grader.checks.drops import drops
from grader.checks.fresh_masks import fresh_masks
from grader.checks.gradient import gradient, own_gradient
from grader.checks.initialisation import normal, zeros
from grader.checks.keys import keys
from grader.checks.kinds import CheckKind, Evaluate, kind_names, kind_of, own_kind_names, register
from grader.checks.left_alone import left_alone
from grader.checks.masks import masked_net
from grader.checks.negligible import negligible
from grader.checks.precision import precision
from grader.checks.same import same
from grader.checks.separate import separate
from grader.checks.shape import shape
from grader.checks.stability import stability
from grader.checks.steps import steps
from grader.checks.trajectory import trajectory
from grader.checks.unchanged import unchanged
from grader.checks.values import values
from grader.model import Case, CaseResult, Check, Outcome

__all__ = [
    "Check",
    "CheckKind",
    "Evaluate",
    "batch_of_one",
    "decides",
    "dropout",
    "dropout_gradient",
    "drops",
    "fresh_masks",
    "gradient",
    "judge_case",
    "keys",
    "kind_names",
    "kind_of",
    "left_alone",
    "masked_net",
    "negligible",
    "no_value",
    "normal",
    "outcome",
    "own_gradient",
    "own_kind_names",
    "precision",
    "register",
    "same",
    "separate",
    "shape",
    "stability",
    "steps",
    "trajectory",
    "unchanged",
    "values",
    "zeros",
]


def decides(check: Check) -> bool:
    """Whether points depend on a check: not on what is only drawn, or measured to explain."""
    return kind_of(check.kind).decides_points(check)


def judge_case(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """All outcomes of one case, in the rubric's order."""
    return [o for check in case.checks for o in kind_of(check.kind).judge(check, case, result, evaluate)]
