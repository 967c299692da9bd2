"""Cases of one question on an implementation: run, judge what came back, explain what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from grader.checks import Evaluate, decides, judge_case, kind_of
from grader.course import PublicAssignment, Question
from grader.diagnosis import Explained, add_name, explain, name_of, with_patterns
from grader.model import Absent, Case, CaseResult, Failure, FailureKind, Outcome, Ref
from grader.model.reasons import GraderFault
from grader.model.statuses import PASSING
from grader.sandbox import Session, result_without_values

BLAMELESS = PASSING | {"not_attempted", "skipped"}
"""Statuses of outcomes for which nobody can be to blame."""


def judge_cases(
    question: Question, cases: Sequence[Case], session: Session, assignment: PublicAssignment
) -> list[Outcome]:
    """All outcomes of a batch of one question's cases, in the order of its ladder; known mistakes by name."""
    results = list(session.run(cases))
    explained = [
        outcome
        for case, result in zip(cases, results, strict=True)
        for outcome in _explained(case, result, session.evaluate)
    ]
    outcomes = with_patterns(explained)
    public = [outcome.status for outcome in outcomes if outcome.scored and not outcome.hidden]
    if "grader_fault" in public or all(status in PASSING for status in public):
        return outcomes
    return add_name(outcomes, name_of(question.name, cases, results, assignment.known_answers))


def outcomes_of_unrun(cases: Sequence[Case], why: FailureKind) -> list[Outcome]:
    """The outcomes of cases that are not run, since others of their question ended as ``why``."""
    failure = Failure(why, cause="other cases")

    def evaluate(case: Case, of: Ref, points: list[dict[int, Any]]) -> list[Any]:
        return [Absent("nothing")] * len(points)

    results = [(case, result_without_values(case, failure)) for case in cases]
    return [outcome for case, result in results for outcome in judge_and_explain(case, result, evaluate)]


def judge_and_explain(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """The outcomes of one case by itself: a pattern takes several."""
    return with_patterns(_explained(case, result, evaluate))


def _explained(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Explained]:
    """The outcomes of one case, with what it says of them. An error of the grader's own is said to be one."""
    try:
        outcomes: list[Explained] = []
        for check in sorted(case.checks, key=lambda check: not decides(check)):  # what decides comes first
            right = bool(outcomes) and all(one.outcome.status in PASSING for one in outcomes)
            if right and kind_of(check.kind).second_opinion and not decides(check):
                continue  # right values need no second opinion, and it is the dearest of all checks
            alone = replace(case, checks=(check,))  # two checks may name one part: each is its own
            outcomes += [explain(o, alone, result) for o in judge_case(alone, result, evaluate)]
        return outcomes
    except Exception as error:
        fault = GraderFault(type(error).__name__)
        faults = [
            Outcome("grader", "grader_fault", case.hidden, part, case.label, case.rung, findings=(fault,))
            for check in case.checks
            for part in check.outputs
        ]
        return [Explained(fault) for fault in faults]
