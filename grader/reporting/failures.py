"""Which failure of a question to tell, and how: one for each part, the smallest with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.messages import check_words, sentence
from grader.model import Outcome, QuestionReport, Report
from grader.model.reasons import KnownMistake
from grader.model.statuses import FAILING
from grader.model.verdicts import failure_order
from grader.model.verdicts import first_failure as first_failure_of
from grader.reporting.summary import first_wrong
from grader.reporting.text import count_of

_NO_ANSWER = frozenset({"error", "timeout", "crashed"})


@dataclass(frozen=True, slots=True)
class Failure:
    """The failure told for some parts of a question, and how many more there are."""

    outcome: Outcome
    parts: tuple[str, ...]
    others: str


def failures(question: QuestionReport) -> list[Failure]:
    """One failure for each part that lost points; equal ones are told once.

    The first is the one that the verdict tells; then come public ones before hidden, in the parts' order.
    """
    groups: list[Failure] = []
    for part in _lost_parts(question):
        bad = _lost_outcomes(question, part)
        if not bad:
            continue
        outcome = min(bad, key=failure_order)
        same = next((i for i, f in enumerate(groups) if _same(f.outcome, outcome)), None)
        if same is None:
            groups.append(Failure(outcome, (part,), _others(outcome, bad)))
        else:
            groups[same] = Failure(groups[same].outcome, (*groups[same].parts, part), groups[same].others)
    first = first_failure_of(question.outcomes)
    return sorted(groups, key=lambda f: (f.outcome is not first, f.outcome.hidden))


def behind_first_failure(question: QuestionReport) -> list[Outcome]:
    """The outcomes that the first of ``failures`` was made from, one for each of its parts."""
    return [
        min(_lost_outcomes(question, part), key=failure_order)
        for f in failures(question)[:1]
        for part in f.parts
    ]


def mistake(question: QuestionReport) -> KnownMistake | None:
    """The known mistake that an answer is, where its name was found."""
    findings = (finding for outcome in question.outcomes for finding in outcome.findings)
    return next((finding for finding in findings if isinstance(finding, KnownMistake)), None)


def first_failure(report: Report) -> tuple[QuestionReport, Failure] | None:
    """What to look at first in the whole report, where there is something to show of it."""
    question = first_wrong(report)
    groups = failures(question) if question is not None else []
    return (question, groups[0]) if question is not None and groups else None


def asides(question: QuestionReport, groups: Sequence[Failure]) -> list[str]:
    """What was seen and costs nothing: kinks explained, checks that are not scored."""
    seen = [sentence(f.outcome) for f in groups]
    notable = [o for o in question.outcomes if o.status == "kink" or (not o.scored and o.status in FAILING)]
    messages = dict.fromkeys(filter(None, (sentence(o) for o in notable if not o.hidden)))
    return [message for message in messages if message not in seen][:4]


def entries(question: QuestionReport) -> list[Outcome]:
    """The entries of a literal answer, one outcome each."""
    named = [o for o in question.outcomes if o.check == "literal" and o.case]
    return named if question.kind == "literal" else []


def category(outcome: Outcome) -> str:
    """What kind of check an outcome came from, in words."""
    return check_words(outcome.check)


def _lost_parts(question: QuestionReport) -> list[str]:
    """The parts without all their points, and those of failures that name no part of the question."""
    names = [part.name for part in question.parts]
    lost = [part.name for part in question.parts if part.score < part.max_score]
    unknown = (o.part for o in question.outcomes if o.status in FAILING and o.part not in names)
    return list(dict.fromkeys([*lost, *unknown]))


def _lost_outcomes(question: QuestionReport, part: str) -> list[Outcome]:
    """The outcomes that cost this part its points."""
    return [o for o in question.outcomes if o.part == part and o.scored and o.status in FAILING]


def _same(one: Outcome, other: Outcome) -> bool:
    """Whether two parts fail alike: nothing came back, for the same reason."""
    alike = one.findings[:1] == other.findings[:1] and one.status == other.status
    alike = alike and one.hidden == other.hidden
    return alike and (one.status in _NO_ANSWER or one.evidence is None)


def _others(outcome: Outcome, bad: Sequence[Outcome]) -> str:
    """How many other cases of the same part fail."""
    place = (outcome.hidden, outcome.case, outcome.rung)
    cases = {(o.hidden, o.case, o.rung) for o in bad} - {place}
    public, hidden = sum(not case[0] for case in cases), sum(case[0] for case in cases)
    if not cases:
        return ""
    if public and hidden:
        return f"{count_of(public, 'more public case')} and {count_of(hidden, 'hidden one')} fail as well."
    if hidden and not outcome.hidden:
        return f"{count_of(hidden, 'hidden case')} {'fails' if hidden == 1 else 'fail'} as well."
    kind = "more hidden case" if outcome.hidden else "more public case"
    return f"{count_of(max(public, hidden), kind)} {'fails' if len(cases) == 1 else 'fail'} as well."
