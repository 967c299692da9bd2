"""A derivative that fits its own forward pass, which is right, and still differs from what is due.

Both cannot be so: the key is wrong, or something is measured that it should not be. Whichever it is, a person
is to decide, and no mistake is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.checks import kind_names, kind_of
from grader.model import Finding, Outcome
from grader.model.reasons import Contradiction, KnownMistake
from grader.model.verdicts import is_failure

_ABOUT_VALUES = frozenset(
    {"values", "number", "scale", "sign", "zero", "rectified", "term", "transpose", "reversed", "rows"}
    | {"columns", "elements", "mistake"}
)
"""Kinds of findings that say that finite values of the right shape and dtype are wrong."""


def contradictions(outcomes: Sequence[Outcome], *, needs_are_right: bool) -> tuple[str, ...]:
    """The parts of a question whose values are wrong in public cases, and whose own derivatives are right.

    ``needs_are_right``: so is every answer that it builds on; and every other part of its own must be.
    """
    public = [outcome for outcome in outcomes if not outcome.hidden]
    measured = [outcome for outcome in public if _measures_derivatives(outcome)]
    fitting = {o.part for o in measured} - {o.part for o in measured if o.status != "passed"}
    failing = [outcome for outcome in public if is_failure(outcome)]
    if not needs_are_right or not failing or {o.part for o in failing} - fitting:
        return ()
    if not all(finding.kind in _ABOUT_VALUES for o in failing for finding in o.findings):
        return ()
    return tuple(dict.fromkeys(outcome.part for outcome in failing))


def with_contradictions(outcomes: Sequence[Outcome], parts: Sequence[str]) -> list[Outcome]:
    """The outcomes, of which the public failures of these parts say so first, and name no mistake."""
    return [
        replace(o, findings=(Contradiction(o.part), *_without_names(o.findings)))
        if is_failure(o) and not o.hidden and o.part in parts
        else o
        for o in outcomes
    ]


def _measures_derivatives(outcome: Outcome) -> bool:
    return outcome.check in kind_names() and kind_of(outcome.check).derivatives


def _without_names(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if not isinstance(finding, KnownMistake)]
