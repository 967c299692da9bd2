"""What may come out of a child in which a right answer stands for a wrong one.

The student's code runs there beside the reference's source. Whatever it answers, raises or prints, how often
and in which order, could spell that source out. So nothing is told but, of each part, whether it is right;
the name of a known mistake, which is the catalogue's; and of a training a share in steps of 5 %.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.course import Question
from grader.grading.own_work import CHECK as OWN_WORK
from grader.model import CaseCount, Outcome
from grader.model.reasons import GraderFault, KnownMistake, NothingGiven, ShareReached, Wrong
from grader.model.statuses import PASSING

STEPS = 20
"""Steps of a share."""


def redact_outcomes(question: Question, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """One outcome a part: passed, not attempted or failed, and if it is one, the known mistake."""
    redacted = []
    for part in question.points:
        own = [outcome for outcome in outcomes if outcome.scored and outcome.part == part]
        if own:
            redacted.append(_of_part(part, own))
    return redacted + [outcome for outcome in outcomes if outcome.check == OWN_WORK]


def _of_part(part: str, own: Sequence[Outcome]) -> Outcome:
    failed = [outcome for outcome in own if outcome.status not in PASSING]
    substantial = any(outcome.substantial for outcome in own)
    check = "values" if substantial else "unchanged"
    if not failed:
        return Outcome(check, "passed", False, part, substantial=substantial)
    if any(outcome.status == "grader_fault" for outcome in failed):
        return Outcome("grader", "grader_fault", False, part, findings=(GraderFault(),))
    if all(outcome.status == "not_attempted" for outcome in own):
        return Outcome(check, "not_attempted", False, part, findings=(NothingGiven(part),))
    names = [f for o in failed for f in o.findings if isinstance(f, KnownMistake)]
    return Outcome(check, "failed", False, part, findings=tuple(names[:1]) or (Wrong(part),))


def redact_count(count: CaseCount, right: bool) -> CaseCount:
    """How many cases there are, and not how many passed, unless all did: that were a number to write with."""
    return CaseCount(count.total, count.total, count.total) if right else CaseCount(count.total)


def redact_training(outcome: Outcome) -> Outcome:
    """A training as a share in steps of 5 %, or as one that left nothing to measure."""
    if "share" not in outcome.measurements:
        nothing = ShareReached(-1.0)
        return Outcome("training", "failed", False, "accuracy", "training", findings=(nothing,))
    earned = round(STEPS * float(outcome.measurements["share"])) / STEPS
    return Outcome(
        "training",
        "passed" if earned == 1 else "failed",
        False,
        "accuracy",
        "training",
        findings=(ShareReached(earned),),
        measurements={"share": earned},
    )
