"""Outcomes → points and a status. A part is earned when every outcome that names it passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import Question
from grader.model import CaseCount, Outcome, PartScore, QuestionStatus

PASSING = frozenset({"passed", "kink"})
NO_ANSWER_NEEDED = frozenset({"unchanged", "same", "batch_of_one", "gradient", "stability"})
"""Kinds that a function which computes nothing may pass too: alone they earn nothing."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points by part, and what they amount to."""

    parts: tuple[PartScore, ...]
    status: QuestionStatus

    @property
    def points(self) -> float:
        """The sum over the parts."""
        return sum(part.score for part in self.parts)


def score(question: Question, outcomes: Sequence[Outcome]) -> Score:
    """Judge a question's outcomes, public and hidden together."""
    scored = [outcome for outcome in outcomes if outcome.scored]
    earned = {
        part: bool(own := [o for o in scored if o.part == part]) and all(o.status in PASSING for o in own)
        for part in question.points
    }
    substance = any(
        earned.get(o.part, False) for o in scored if o.check not in NO_ANSWER_NEEDED and o.part in earned
    )
    parts = tuple(
        PartScore(part, points if earned[part] and substance else 0.0, points)
        for part, points in question.points.items()
    )
    return Score(parts, _status(question, scored, sum(part.score for part in parts)))


def _status(question: Question, scored: Sequence[Outcome], points: float) -> QuestionStatus:
    statuses = {outcome.status for outcome in scored}
    if "grader_fault" in statuses:
        return "grader_fault"
    if points >= question.max_score:
        return "passed"
    if statuses <= {"not_attempted", "skipped"} and statuses != {"skipped"}:
        return "not_attempted"
    if points > 0:
        return "partial"
    answered = statuses & {"failed", "passed", "inconclusive"}
    if answered and "failed" in statuses:
        return "failed"
    without_answer: tuple[QuestionStatus, ...] = ("timeout", "crashed", "error")
    for status in without_answer:
        if status in statuses:
            return status
    return "error" if statuses == {"skipped"} else "failed"


def count(outcomes: Sequence[Outcome], *, hidden: bool, total: int) -> CaseCount:
    """How many cases ran, and in how many everything that is scored passed."""
    cases: dict[tuple[str, int], bool] = {}
    for outcome in outcomes:
        if outcome.hidden == hidden and outcome.scored:
            place = (outcome.case, outcome.rung)
            cases[place] = cases.get(place, True) and outcome.status in PASSING
    return CaseCount(total, len(cases), sum(cases.values()))


def first_failure(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The failure to tell first: public, with a reason, and small ones first."""

    def order(outcome: Outcome) -> tuple[bool, bool, bool, int]:
        vague = all(finding.kind in ("values", "zero") for finding in outcome.findings)
        return outcome.hidden, outcome.status == "skipped", vague, outcome.rung

    return min((o for o in outcomes if o.scored and o.status not in PASSING), key=order, default=None)
