"""The words and shapes of a verdict: one table for every format."""

from __future__ import annotations

from typing import NamedTuple

from grader.model import QuestionReport


class Word(NamedTuple):
    """How a status is said; ``sign`` is a character for terminals and Markdown, ``tone`` a colour."""

    word: str
    sign: str
    tone: str


QUESTION_WORDS: dict[str, Word] = {
    "passed": Word("right", "✓", "good"),
    "partial": Word("partly right", "◐", "part"),
    "failed": Word("not right yet", "✗", "bad"),
    "not_attempted": Word("not attempted", "○", "quiet"),
    "blocked": Word("waiting", "⋯", "quiet"),
    "error": Word("raises an error", "!", "bad"),
    "timeout": Word("does not come back", "◷", "bad"),
    "crashed": Word("ended the process", "■", "bad"),
    "awaiting_review": Word("to be read", "◇", "open"),
    "grader_fault": Word("not your fault", "⬡", "ours"),
}
"""Status of a question → how it is said."""

_LATER = Word("judged at grading", "◇", "open")


def question_word(question: QuestionReport) -> Word:
    """How a question's status is said; only written answers wait for a reader."""
    if question.status == "awaiting_review" and question.kind != "written":
        return _LATER
    return QUESTION_WORDS[question.status]


WRONG = frozenset({"failed", "partial", "error", "timeout", "crashed"})
"""Statuses of a question that has something to be put right."""

FAILING = frozenset({"failed", "error", "timeout", "crashed", "inconclusive", "not_attempted", "skipped"})
"""Statuses of an outcome that earns nothing."""

CHECK_WORDS: dict[str, str] = {
    "values": "values",
    "gradient": "gradient check",
    "unchanged": "arguments left as they were",
    "batch_of_one": "a batch of one",
    "initialisation": "the start",
    "keys": "names in the dict",
    "shape": "shape",
    "stability": "very large numbers",
    "literal": "entries",
    "training": "training",
}
"""Kind of check → what it looks at, in a student's words."""
