"""The reference on trial: every derivative that a rubric declares, measured on the reference itself.

A wrong derivative in the reference is the answer key, which it passes; and a derivative that is declared for
the wrong input is told to a student who is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.checks import judge_case, kind_of
from grader.model import Case
from grader.model.statuses import PASSING
from grader.sandbox import Session


def wrong_derivatives(cases: Sequence[Case], session: Session) -> tuple[str, ...]:
    """The derivatives of one question that the reference does not pass, each as ``check part (case)``."""
    declared = []
    for case in cases:
        checks = tuple(check for check in case.checks if kind_of(check.kind).derivatives)
        if checks:
            declared.append(replace(case, checks=checks))
    results = list(session.run(declared))  # all of them: a session cannot be left in the middle of a batch
    return tuple(
        dict.fromkeys(
            f"{outcome.check} {outcome.part} ({case.label})"
            for case, result in zip(declared, results, strict=True)
            for outcome in judge_case(case, result, session.evaluate)
            if outcome.status not in PASSING
        )
    )
