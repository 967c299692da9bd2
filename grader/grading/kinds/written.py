"""Written answers: a person reads them; until then they count in full, provisionally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.course import PLACEHOLDER, PublicAssignment, Question
from grader.grading.judgement import Grading, Judgement, Judgements
from grader.grading.kinds import QuestionKind
from grader.grading.written_cells import is_written
from grader.model.reasons import JudgedLater, NoAnswer
from grader.model.verdicts import unjudged


def judge(questions: Sequence[Question], grading: Grading, earlier: Judgements) -> dict[str, Judgement]:
    """Whether something was written, and not what."""
    return {question.name: _judge_one(question, grading) for question in questions}


def check(question: Question, assignment: PublicAssignment, namespace: Mapping[str, object]) -> Judgement:
    """Nothing can be judged in a notebook."""
    return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("written")))


def _judge_one(question: Question, grading: Grading) -> Judgement:
    stub = grading.assignment.stubs.get(question.name, PLACEHOLDER)
    answers = [cell.source for cell in grading.submission.cells if question.name in cell.questions]
    if any(is_written(answer, stub) for answer in answers):
        return Judgement(unjudged(question.points, "awaiting_review", JudgedLater("written")))
    return Judgement(unjudged(question.points, "not_attempted", NoAnswer()))


KIND = QuestionKind("written", judge, check)
