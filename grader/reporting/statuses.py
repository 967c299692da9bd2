"""How a verdict is said and shown: one word, one shape, one colour, in every format."""

from __future__ import annotations

from typing import NamedTuple

from grader.messages import check_words, status_word
from grader.model import QuestionReport
from grader.model.statuses import QUESTION_STATUSES


class Word(NamedTuple):
    """How a status is said; ``sign`` is a character for terminals and Markdown, ``tone`` a colour."""

    word: str
    sign: str
    tone: str


def question_word(question: QuestionReport) -> Word:
    """How a question's status is said; only written answers wait for a reader."""
    status = QUESTION_STATUSES[question.status]
    return Word(status_word(question), status.sign, status.tone)


def words_of_statuses() -> dict[str, Word]:
    """Every status of a question with its word, for keys and legends."""
    return {
        name: question_word(QuestionReport("", "", "written", name, 0.0, 0.0)) for name in QUESTION_STATUSES
    }


__all__ = ["Word", "check_words", "question_word", "words_of_statuses"]
