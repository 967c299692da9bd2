"""The mistake by name: a wrong answer that is what a known one gives on every public case of its question.

Nothing is guessed: an answer that agrees with none, or with several, has no name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from grader.course import KnownAnswers
from grader.model import Case, CaseResult, Outcome
from grader.model.reasons import KnownMistake

_PASSING = frozenset({"passed", "kink", "inconclusive"})


def name_of(
    question: str, cases: Sequence[Case], results: Sequence[CaseResult], known: KnownAnswers
) -> KnownMistake | None:
    """The finding that names an answer's mistake; None when it is not known."""
    public = [pair for pair in zip(cases, results, strict=True) if not pair[0].hidden]
    matches = known.matches(question, public) if public else ()
    if len(matches) != 1:
        return None
    (mistake,) = matches
    return KnownMistake(mistake.id, mistake.says, mistake.equation, mistake.read, mistake.second)


def add_name(outcomes: Sequence[Outcome], mistake: KnownMistake | None) -> list[Outcome]:
    """Outcomes of a question whose public failures say the mistake's name first."""
    if mistake is None:
        return list(outcomes)
    return [
        replace(o, findings=(mistake, *o.findings))
        if o.scored and not o.hidden and o.status not in _PASSING
        else o
        for o in outcomes
    ]


def mistakes_named(outcomes: Sequence[Outcome]) -> set[str]:
    """The ids of the mistakes that are named."""
    return {f.mistake for outcome in outcomes for f in outcome.findings if isinstance(f, KnownMistake)}


def drop_names(outcomes: Sequence[Outcome], kept: Collection[str] = ()) -> list[Outcome]:
    """Outcomes that name no mistake but those ``kept``, by id; what else is said of them stays."""
    return [
        replace(
            o, findings=tuple(f for f in o.findings if not isinstance(f, KnownMistake) or f.mistake in kept)
        )
        for o in outcomes
    ]
