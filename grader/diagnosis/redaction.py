"""What may be told of a hidden case: the kind of mistake, as far as that kind declares it.

A student's code knows the inputs that it is called with, and whatever it answers is its own word: the text,
type and place of an exception, a key, a shape, the factor or the element by which an array is wrong. Each
could spell out an input. So nothing of an answer passes here but which kind of finding it is, and the few
fields that this kind declares; an outcome carries a few bits, and a number from a hidden case does not fit.
"""

from __future__ import annotations

from grader.model import Finding, Outcome
from grader.model.findings import redact
from grader.model.reasons import KnownMistake, Wrong
from grader.model.statuses import PASSING


def redacted(outcome: Outcome) -> Outcome:
    """An outcome of a hidden case, with nothing in it that its submission could have chosen at will."""
    first = outcome.findings[0] if outcome.findings else None
    told: Finding | None = None
    if first is not None:  # a known mistake's words are the catalogue's
        told = first if isinstance(first, KnownMistake) else redact(first)
    fallback = () if outcome.status in PASSING else (Wrong(outcome.part),)
    return Outcome(
        check=outcome.check,
        status=outcome.status,
        hidden=outcome.hidden,
        part=outcome.part,
        case=outcome.case,
        rung=outcome.rung,
        scored=outcome.scored,
        substantial=outcome.substantial,
        findings=(told,) if told is not None else fallback,
    )
