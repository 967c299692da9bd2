"""Was a question attempted at all? Answers are compared with the released stub as code, not as text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from grader.course import Assignment, Question
from grader.intake import tree_of
from grader.model import Submission
from grader.source import bound_names, find, parse_cell, same_code


def as_released(question: Question, assignment: Assignment, submission: Submission) -> bool:
    """Whether the submission's definition is the stub's own: a one-line body of one's own is an answer."""
    stub = assignment.stubs.get(question.name)
    released = parse_cell(stub).tree if stub is not None else None
    if released is None or not question.definition:
        return False
    expected = find(released, question.definition)
    definitions = [
        node
        for tree in trees(submission)
        if tree is not None and (node := find(tree, question.definition)) is not None
    ]
    return expected is not None and bool(definitions) and same_code(definitions[-1], expected)


def missing(questions: Iterable[Question], submission: Submission) -> list[Question]:
    """The questions for whose names nothing in the submission binds anything."""
    bound = frozenset().union(*(bound_names(tree) for tree in trees(submission) if tree is not None))
    return [question for question in questions if question.definition.partition(".")[0] not in bound]


def trees(submission: Submission) -> Iterable[ast.Module | None]:
    """The parsed sources of a submission: its modules first, since its cells count more."""
    yield from (parse_cell(module.source).tree for module in submission.modules if module.source)
    yield from (tree_of(cell) for cell in submission.cells)


def answering_cells(question: Question, submission: Submission) -> tuple[int, ...]:
    """Positions of the cells that answer a question: marked so, or defining what it grades."""
    owner = question.definition.partition(".")[0]
    positions = []
    for position, cell in enumerate(submission.cells):
        tree = tree_of(cell)
        defines = tree is not None and bool(owner) and find(tree, owner) is not None
        if question.name in cell.questions or defines:
            positions.append(position)
    return tuple(positions)


def home_labels(question: Question, submission: Submission) -> set[str]:
    """Labels of the cells and names of the modules that bind what a question asks for."""
    owner = question.definition.partition(".")[0]
    cells = {
        cell.label
        for cell in submission.cells
        if (tree := tree_of(cell)) is not None and owner in bound_names(tree)
    }
    return cells | {
        module.name.removeprefix("submission.")
        for module in submission.modules
        if (tree := parse_cell(module.source).tree) is not None and owner in bound_names(tree)
    }


def unparsed(question: Question, submission: Submission) -> list[tuple[str, str]]:
    """(where, why) of what should answer a question and does not parse."""
    owner = re.escape(question.definition.partition(".")[0])
    defines = re.compile(rf"^[ \t]*(?:(?:async\s+)?def|class)\s+{owner}\b|^{owner}\s*=", re.M)
    problems = [
        (cell.label, cell.problem)
        for cell in submission.cells
        if cell.problem and (question.name in cell.questions or defines.search(cell.source))
    ]
    return problems + [
        (f"{module.name.replace('.', '/')}.py", problem)
        for module in submission.modules
        if defines.search(module.source) and (problem := parse_cell(module.source).problem)
    ]
