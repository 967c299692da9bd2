"""What may come out of a child in which a right answer stands for a wrong one.

The student's code runs there beside the reference's source. Whatever it answers, raises or prints, how often
and in which order, could spell that source out. So nothing is told but, of each part, whether it is right;
the name of a known mistake, which is the catalogue's; and of a training a share in steps of 5 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.course import Question
from grader.grading.score import NO_ANSWER_NEEDED, PASSING
from grader.model import CaseCount, Finding, Outcome, QuestionReport

STEPS = 20
"""Steps of a share."""
_ABSENT = frozenset({"not_attempted"})


def redacted_outcomes(question: Question, judged: Sequence[Outcome]) -> list[Outcome]:
    """One outcome a part: passed, not attempted or failed, and if it is one, the known mistake."""
    outcomes = []
    for part in question.points:
        own = [outcome for outcome in judged if outcome.scored and outcome.part == part]
        if own:
            outcomes.append(_part(part, own))
    return outcomes + [outcome for outcome in judged if outcome.check == "own_work"]


def _part(part: str, own: Sequence[Outcome]) -> Outcome:
    failed = [outcome for outcome in own if outcome.status not in PASSING]
    check = "unchanged" if all(outcome.check in NO_ANSWER_NEEDED for outcome in own) else "values"
    if not failed:
        return Outcome(check, "passed", False, "", part=part)
    if any(outcome.status == "grader_fault" for outcome in failed):
        return Outcome(
            "grader", "grader_fault", False, "The grader failed here: no points are lost.", part=part
        )
    if all(outcome.status in _ABSENT for outcome in own):
        return Outcome(check, "not_attempted", False, f"Nothing is given for {part}.", part=part)
    names = [f for o in failed for f in o.findings if f.kind == "mistake"]
    message = names[0].message if names else f"{part} is not right."
    return Outcome(check, "failed", False, message, part=part, findings=tuple(names[:1]))


def counts(report: QuestionReport) -> QuestionReport:
    """The report without how many cases passed, unless all did: that would be a number to write with."""
    right = report.status == "passed"

    def told(count: CaseCount) -> CaseCount:
        return CaseCount(count.total, count.total, count.total) if right else CaseCount(count.total)

    return replace(report, public=told(report.public), hidden=told(report.hidden))


def redacted_training(outcome: Outcome) -> Outcome:
    """A training as a share in steps of 5 %, or as one that left nothing to measure."""
    if "share" not in outcome.measurements:
        message = "The training did not come to its end, or left nothing that can be measured."
        return Outcome("training", "failed", False, message, part="accuracy", case="training")
    earned = round(STEPS * float(outcome.measurements["share"])) / STEPS
    about = "all" if earned == 1 else f"about {100 * earned:g} %" if earned else "nothing"
    message = f"It reached {about} of what is asked for."
    findings = () if earned == 1 else (Finding("accuracy", message),)
    return Outcome(
        "training", "passed" if earned == 1 else "failed", False, message, part="accuracy", case="training",
        findings=findings, measurements={"share": earned},
    )  # fmt: skip
