"""Code questions: run the cases, judge what came back, explain what failed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from grader.checks import Evaluate, decides, judge_case
from grader.course import Assignment, Question
from grader.diagnosis import add_name, explain, named, redacted
from grader.grading.score import PASSING
from grader.model import Absent, Case, CaseResult, Failure, FailureKind, Outcome, OutcomeStatus, Ref
from grader.sandbox import Session

FINE = PASSING | {"not_attempted", "skipped"}
"""Statuses of outcomes for which nobody can be to blame."""


def judge(
    question: Question, cases: Sequence[Case], session: Session, assignment: Assignment
) -> list[Outcome]:
    """All outcomes of a batch of one question's cases, in the order of its ladder; known mistakes by name."""
    results = list(session.run(cases))
    outcomes = [
        outcome
        for case, result in zip(cases, results, strict=True)
        for outcome in judge_one(case, result, session.evaluate)
    ]
    public = [outcome.status for outcome in outcomes if outcome.scored and not outcome.hidden]
    if "grader_fault" in public or all(status in PASSING for status in public):
        return outcomes
    return add_name(outcomes, named(question.name, cases, results, assignment.known))


def not_run(cases: Sequence[Case], why: FailureKind) -> list[Outcome]:
    """The outcomes of cases that are not run, since others of their question ended as ``why``."""
    failure = Failure(why, message="Other cases of this question ended so; this one was not run.")

    def evaluate(case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        return [Absent("nothing")] * len(points)

    return [outcome for case in cases for outcome in judge_one(case, _nothing(case, failure), evaluate)]


def judge_one(case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """The explained outcomes of one case. An error of the grader's own is said to be one."""
    try:
        outcomes: list[Outcome] = []
        for check in sorted(case.checks, key=lambda check: not decides(check)):  # what decides comes first
            right = bool(outcomes) and all(o.status in PASSING for o in outcomes)
            if check.kind == "gradient" and not decides(check) and right:
                continue  # right values need no second opinion, and it is the dearest of all checks
            alone = replace(case, checks=(check,))  # two checks may name one part: each is its own
            outcomes += [explain(o, alone, result) for o in judge_case(alone, result, evaluate)]
        return outcomes
    except Exception as error:
        message = f"The grader failed here ({type(error).__name__}): not your fault, and no points are lost."
        faults = [
            Outcome(
                "grader", "grader_fault", case.hidden, message, part=part, case=case.label, rung=case.rung
            )
            for check in case.checks
            for part in check.outputs
        ]
        return [redacted(validate) for validate in faults] if case.hidden else faults


def _nothing(case: Case, why: Failure) -> CaseResult:
    return CaseResult(tuple(Absent("nothing") for _ in case.keep), dict.fromkeys(range(len(case.steps)), why))


def explain_missing(
    outcomes: Sequence[Outcome], homes: Collection[str], problems: Sequence[tuple[str, Failure]]
) -> list[Outcome]:
    """Outcomes that say a name is missing, with what went wrong when its cell was loaded.

    The name *is* bound in the source: so something was attempted, and failed before it could be called.
    """
    reasons = [
        (label, failure)
        for label, failure in problems
        if label in homes or (failure.place is not None and failure.place.cell in homes)
    ]
    label, failure = (reasons or list(problems) or [("", Failure("raised"))])[-1]
    status: OutcomeStatus = "error"
    if failure.kind == "timeout":
        status = "timeout"
    elif failure.kind == "crashed":
        status = "crashed"
    what = f"{failure.error}: {failure.message}" if failure.error else failure.message.rstrip(".")
    reason = f" {label} failed while it was loaded: {what[:300]}." if label else ""
    return [
        replace(o, status=status, message=f"What it should call was not defined.{reason}")
        if any(finding.kind == "missing" for finding in o.findings)
        else o
        for o in outcomes
    ]
