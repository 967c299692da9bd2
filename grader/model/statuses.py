"""Statuses of outcomes and of questions: one table each, from which everything else about them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

OutcomeStatus = Literal[
    "passed",
    "failed",
    "kink",
    "inconclusive",
    "not_attempted",
    "error",
    "timeout",
    "crashed",
    "skipped",
    "grader_fault",
]
QuestionStatus = Literal[
    "passed",
    "partial",
    "failed",
    "not_attempted",
    "blocked",
    "error",
    "timeout",
    "crashed",
    "awaiting_review",
    "grader_fault",
]
Tone = Literal["good", "part", "bad", "quiet", "open", "ours"]
"""The colour of a status: stylesheets and terminals have one for each."""

PASSING: frozenset[str] = frozenset({"passed", "kink"})
"""Statuses of an outcome that earns its points: a kink scores as passed."""
FAILING: frozenset[str] = frozenset(get_args(OutcomeStatus)) - PASSING - {"grader_fault"}
"""Statuses of an outcome that earns nothing."""


@dataclass(frozen=True, slots=True)
class Status:
    """A question's status: what it counts as, and how it looks. Its words stand in ``messages``."""

    sign: str
    """A character for terminals, cards and Markdown."""
    tone: Tone
    colour: str
    """Where no stylesheet is, as in a notebook."""
    wrong: bool = False
    """Something is to be put right."""
    satisfied: bool = False
    """Another question may build on it."""
    shows_points: bool = True
    counts_in_full: bool = False
    """Its points count until a person, or another grading, says otherwise."""


QUESTION_STATUSES: dict[QuestionStatus, Status] = {
    "passed": Status("✓", "good", "#1a7f37", satisfied=True),
    "partial": Status("◐", "part", "#9a6700", wrong=True),
    "failed": Status("✗", "bad", "#cf222e", wrong=True),
    "not_attempted": Status("○", "quiet", "#6e7781"),
    "blocked": Status("⋯", "quiet", "#6e7781", shows_points=False),
    "error": Status("!", "bad", "#cf222e", wrong=True),
    "timeout": Status("◷", "bad", "#cf222e", wrong=True),
    "crashed": Status("■", "bad", "#cf222e", wrong=True),
    "awaiting_review": Status("◇", "open", "#6e7781", satisfied=True, counts_in_full=True),
    "grader_fault": Status("⬡", "ours", "#8250df", satisfied=True, shows_points=False, counts_in_full=True),
}

WRONG = frozenset(name for name, status in QUESTION_STATUSES.items() if status.wrong)
SATISFIED = frozenset(name for name, status in QUESTION_STATUSES.items() if status.satisfied)
PROVISIONAL = frozenset(name for name, status in QUESTION_STATUSES.items() if status.counts_in_full)
