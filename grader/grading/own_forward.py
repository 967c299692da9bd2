"""A backward pass beside the student's own forward pass, where that is a constant multiple of the right one.

Its derivative is then the same multiple of the right one, and is judged so: the factor is lost once, in the
forward pass. Nothing else is granted: a forward pass that computes something of its own could have a
derivative that takes no work at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checks import decides
from grader.checks.compare import real_array, scaled_error
from grader.checks.tolerances import TOLERANCES
from grader.course import CourseAssignment, Question
from grader.grading.cases import judge_cases
from grader.grading.judgement import Grading, Judgement
from grader.grading.substituted_outcomes import redact_outcomes
from grader.model import Case, CaseResult, Ref, refs_in
from grader.model.reasons import JudgedByOwn
from grader.model.verdicts import judge as verdict_of
from grader.sandbox import Budget, LocalSession

_SAME = 1e-9
"""Relative difference of two factors that are one."""


def judge_by_own_forward(
    question: Question, forward: Sequence[str], grading: Grading, budget: Budget
) -> Judgement | None:
    """The judgement on an answer beside the student's own ``forward`` functions; None where it has none."""
    assignment = grading.assignment
    cases = [_with_outputs(case, question, forward) for case in grading.cases(question)]
    if not isinstance(assignment, CourseAssignment) or not any(case.keep for case in cases):
        return None
    right = list(LocalSession(assignment.reference).run(cases))
    with grading.sandbox.open(grading.load(), budget=budget, account=question.name) as session:
        factors = _factors(cases, list(session.run(cases)), right, question, forward)
        if factors is None:
            return None
        scaled = [
            _scaled(case, factor) for case, factor in zip(grading.cases(question), factors, strict=True)
        ]
        session.renew()
        outcomes = judge_cases(question, scaled, session, assignment)
    told = redact_outcomes(question, outcomes)
    verdict = verdict_of(question.points, told)
    verdict = replace(verdict, findings=(JudgedByOwn(", ".join(forward)), *verdict.findings))
    return Judgement(verdict, tuple(told), counts_withheld=True)


def _outputs(case: Case, question: Question, forward: Sequence[str]) -> dict[int, Ref]:
    """By step that calls the answer: the output of the forward pass whose cache it is handed."""
    found: dict[int, Ref] = {}
    for index, step in enumerate(case.steps):
        if step.operation == "call" and step.name == question.definition:
            for ref in refs_in((step.args, step.kwargs)):
                if case.steps[ref.step].name in forward:
                    found[index] = Ref(ref.step, (0,))
    return found


def _with_outputs(case: Case, question: Question, forward: Sequence[str]) -> Case:
    """The case, asked for nothing but what its forward passes give."""
    refs = tuple(dict.fromkeys(_outputs(case, question, forward).values()))
    return replace(case, keep=refs, key=(None,) * len(refs), checks=(), watched=())


def _factors(
    cases: Sequence[Case],
    results: Sequence[CaseResult],
    right: Sequence[CaseResult],
    question: Question,
    forward: Sequence[str],
) -> list[dict[int, float]] | None:
    """By case and step of the answer, how many times the right one its forward pass gives.

    None where one gives no multiple. Where 0 is due the factor is that of all others, which must be one.
    """
    by_case: list[dict[int, float | None]] = []
    for case, result, due in zip(cases, results, right, strict=True):
        by_case.append({})
        for step, ref in _outputs(case, question, forward).items():
            factor = _factor(result.value(case, ref), due.value(case, ref))
            if factor == 0:
                return None
            by_case[-1][step] = factor
    known = [factor for one in by_case for factor in one.values() if factor is not None]
    if not known:
        return None
    if any(factor is None for one in by_case for factor in one.values()) and np.ptp(known) > _SAME * abs(
        known[0]
    ):
        return None
    return [{step: known[0] if f is None else f for step, f in one.items()} for one in by_case]


def _factor(value: Any, due: Any) -> float | None:
    """``value`` / ``due`` where that is one number; 0 where it is none; None where all that is due is 0."""
    actual, expected = real_array(value), real_array(due)
    if actual is None or expected is None or np.shape(actual) != np.shape(expected):
        return 0.0
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    if not np.all(np.isfinite(actual)):
        return 0.0
    square = float(np.sum(expected**2))
    if not square > 0:
        return None if not actual.any() else 0.0
    factor = float(np.sum(actual * expected)) / square
    return factor if factor and scaled_error(actual, factor * expected) <= TOLERANCES["values"] else 0.0


def _scaled(case: Case, factors: Mapping[int, float]) -> Case:
    """The case with the derivatives that are due beside a forward pass of so many times the right one."""
    key = tuple(
        value * factors[ref.step] if ref.step in factors and real_array(value) is not None else value
        for ref, value in zip(case.keep, case.key, strict=True)
    )
    return replace(case, key=key, checks=tuple(check for check in case.checks if decides(check)))
