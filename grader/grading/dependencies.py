"""What a question builds on, and which of it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.course import Assignment, Question
from grader.model import QuestionReport

_FINE = frozenset({"passed", "awaiting_review", "grader_fault"})


def transitive(question: Question, assignment: Assignment) -> list[str]:
    """Every question that this one builds on, directly or not, in the assignment's order."""
    needed: set[str] = set()
    open_names = list(question.needs)
    while open_names:
        name = open_names.pop()
        if name not in needed:
            needed.add(name)
            open_names += assignment.question(name).needs
    return [q.name for q in assignment.questions if q.name in needed]


def wrong(question: Question, assignment: Assignment, reports: Mapping[str, QuestionReport]) -> list[str]:
    """What this question builds on and is not right."""
    return [
        name
        for name in transitive(question, assignment)
        if name in reports and reports[name].status not in _FINE
    ]


def replacements(question: Question, names: Sequence[str], assignment: Assignment) -> dict[str, str]:
    """Right definitions for ``names``, by definition; never the one that this question itself grades.

    Of a class that this question does not grade all methods are replaced: they share attributes, and a right
    method beside a student's own may not find what it stores.
    """
    definitions = {assignment.question(name).definition for name in names} - {question.definition}
    classes = {_owner(d) for d in definitions if "." in d} - {_owner(question.definition)}
    definitions |= {d for d in assignment.solutions if "." in d and _owner(d) in classes}
    return {d: assignment.solutions[d] for d in sorted(definitions) if d in assignment.solutions}


def _owner(definition: str) -> str:
    return definition.partition(".")[0]


def roots(names: Sequence[str], reports: Mapping[str, QuestionReport]) -> list[str]:
    """Of what is wrong, what does not itself wait for another answer."""
    own = [name for name in names if reports[name].status != "blocked"]
    return own or list(names)
