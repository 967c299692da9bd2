"""The questions that a question needs: which are wrong, and what replaces them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course import PublicAssignment, Question
from grader.grading.judgement import Judgement, Judgements
from grader.model.reasons import FixFirst
from grader.model.statuses import SATISFIED


def all_needs(question: Question, assignment: PublicAssignment) -> list[str]:
    """Every question that this one builds on, directly or not, in the assignment's order."""
    needed: set[str] = set()
    open_names = list(question.needs)
    while open_names:
        name = open_names.pop()
        if name not in needed:
            needed.add(name)
            open_names += assignment.question(name).needs
    return [q.name for q in assignment.questions if q.name in needed]


def wrong_needs(question: Question, assignment: PublicAssignment, judgements: Judgements) -> list[str]:
    """What this question builds on and is not right."""
    return [
        name
        for name in all_needs(question, assignment)
        if name in judgements and judgements[name].verdict.status not in SATISFIED
    ]


def others(question: Question, names: Sequence[str], assignment: PublicAssignment) -> list[str]:
    """Of these questions, those that another definition answers than this one."""
    return [name for name in names if assignment.question(name).definition != question.definition]


def root_causes(names: Sequence[str], judgements: Judgements) -> list[str]:
    """Of what is wrong, what does not itself wait for another answer, in whole or in part."""
    own = [name for name in names if not _waits(judgements[name])]
    return own or list(names)


def _waits(judgement: Judgement) -> bool:
    """Whether a judgement says that others are to be mended first."""
    verdict = judgement.verdict
    return verdict.status == "blocked" or any(isinstance(f, FixFirst) for f in verdict.findings)
