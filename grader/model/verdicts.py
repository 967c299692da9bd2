"""From outcomes to a question's verdict: the one place where status, points and the first reason are decided.

``check`` in a notebook, ``grader check``, ``grade``, the pages, JUnit and ``verify`` all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.model.findings import Finding
from grader.model.reasons import FixFirst, NoAnswer, Waiting
from grader.model.reports import CaseCount, Outcome, PartScore
from grader.model.statuses import PASSING, QUESTION_STATUSES, QuestionStatus


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a question came to."""

    status: QuestionStatus
    parts: tuple[PartScore, ...]
    findings: tuple[Finding, ...] = ()
    """What is said of it first, in order."""
    in_hidden_case: bool = False
    """The failure that is told is one in a hidden case."""
    blocked_by: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """The sum over the parts."""
        return sum(part.score for part in self.parts)


def judge(
    points: Mapping[str, float],
    outcomes: Sequence[Outcome],
    shares: Mapping[str, float] | None = None,
    findings: Sequence[Finding] | None = None,
) -> Verdict:
    """The verdict on a question with these ``points`` by part, from outcomes on public and hidden cases.

    A part is earned when every outcome that names it passed; where ``shares`` (from 0 to 1, by part) are
    given, a part earns its share. ``findings`` are told instead of the first failure's where they are given.
    """
    scored = [outcome for outcome in outcomes if outcome.scored]
    earned = shares if shares is not None else _earned(points, scored)
    parts = tuple(PartScore(part, round(most * earned[part], 9), most) for part, most in points.items())
    status = _status(scored, sum(part.score for part in parts), sum(points.values()))
    if status == "grader_fault":  # nobody loses points by a fault of ours
        parts = tuple(PartScore(part, most, most) for part, most in points.items())
    if findings is not None:
        return Verdict(status, parts, tuple(findings))
    first = first_failure(outcomes)
    hidden = status != "passed" and first is not None and first.hidden
    return Verdict(status, parts, _reasons(status, first, scored), hidden)


def unjudged(points: Mapping[str, float], status: QuestionStatus, *findings: Finding) -> Verdict:
    """A verdict that needs no outcomes: nothing was attempted, a person reads it, or it could not be judged.

    What is still to be judged counts in full, provisionally, and so does what we failed to judge.
    """
    share = float(QUESTION_STATUSES[status].counts_in_full)
    return Verdict(status, tuple(PartScore(p, share * most, most) for p, most in points.items()), findings)


def with_upstream(verdict: Verdict, upstream: Sequence[str], *, trains: bool = False) -> Verdict:
    """The verdict on an answer that builds on ``upstream`` ones that are wrong, and cannot be replaced.

    It waits for them where it earned nothing; where it earned something it says what is to be mended first.
    """
    if not upstream or verdict.status in ("passed", "not_attempted", "grader_fault"):
        return verdict
    names = ", ".join(upstream)
    if verdict.points > 0:
        return replace(verdict, findings=(FixFirst(names), *verdict.findings))
    parts = tuple(PartScore(part.name, 0.0, part.max_score) for part in verdict.parts)
    return Verdict("blocked", parts, (Waiting(names, trains),), blocked_by=tuple(upstream))


def first_failure(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The failure to tell first: public, with a reason, and small ones first."""
    return min((o for o in outcomes if is_failure(o)), key=failure_order, default=None)


def is_failure(outcome: Outcome) -> bool:
    """Whether an outcome costs points."""
    return outcome.scored and outcome.status not in PASSING


def failure_order(outcome: Outcome) -> tuple[bool, bool, bool, int]:
    """Public before hidden, what was run before what was not, with a reason before without, small first."""
    vague = all(finding.vague for finding in outcome.findings)
    return outcome.hidden, outcome.status == "skipped", vague, outcome.rung


def count_cases(outcomes: Sequence[Outcome], *, hidden: bool, total: int) -> CaseCount:
    """How many cases ran, and in how many everything that is scored passed."""
    cases: dict[tuple[str, int], bool] = {}
    for outcome in outcomes:
        if outcome.hidden == hidden and outcome.scored:
            place = (outcome.case, outcome.rung)
            cases[place] = cases.get(place, True) and outcome.status in PASSING
    return CaseCount(total, len(cases), sum(cases.values()))


def _earned(points: Mapping[str, float], scored: Sequence[Outcome]) -> dict[str, float]:
    """1 for each part of which every outcome passed; only if one of them needs an answer to be passed."""
    passed = {
        part: bool(own := [o for o in scored if o.part == part]) and all(o.status in PASSING for o in own)
        for part in points
    }
    substance = any(o.substantial and passed.get(o.part, False) for o in scored)
    return {part: float(right and substance) for part, right in passed.items()}


def _status(scored: Sequence[Outcome], points: float, most: float) -> QuestionStatus:
    statuses = {outcome.status for outcome in scored}
    if "grader_fault" in statuses:
        return "grader_fault"
    if points >= most:
        return "passed"
    if statuses <= {"not_attempted", "skipped"} and statuses != {"skipped"}:
        return "not_attempted"
    if points > 0:
        return "partial"
    if "failed" in statuses:
        return "failed"
    without_answer: tuple[QuestionStatus, ...] = ("timeout", "crashed", "error")
    for status in without_answer:
        if status in statuses:
            return status
    return "error" if statuses == {"skipped"} else "failed"


def _reasons(
    status: QuestionStatus, first: Outcome | None, outcomes: Sequence[Outcome]
) -> tuple[Finding, ...]:
    if status == "passed":
        return ()
    if status == "grader_fault":
        first = next(o for o in outcomes if o.status == "grader_fault")
    if first is not None and first.findings:
        return first.findings[:1]
    return (NoAnswer(),) if status == "not_attempted" else ()
