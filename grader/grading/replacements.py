"""Right definitions in the place of wrong ones: what belongs together is replaced together.

A forward pass and its backward pass share a cache, whose layout is the student's own: a right forward beside
their backward, or the other way round, gives neither what it needs. So do other versions of the same function
(``batchnorm_backward_alt``) and functions that are made of several (``affine_relu_backward``), where the
submission has them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from grader.course import CourseAssignment, PublicAssignment, Question
from grader.model import refs_in
from grader.source import renamed

_VERSION = r"_?(alt|alternative|naive|fast|vectorized|vectorised|loops?|simple|old|new|opt|optimized|v?\d+)"
"""What is added to a function's name for another version of it."""


def replacements(
    question: Question, names: Sequence[str], assignment: PublicAssignment, trees: Iterable[ast.Module]
) -> dict[str, str]:
    """Right definitions for the questions ``names``, by definition; empty without a reference.

    Never the one that this question itself grades, nor another version of that. Of a class that this question
    does not grade all methods are replaced: they share attributes, and a right method beside a student's own
    may not find what it stores. ``trees`` are the submission's sources.
    """
    if not isinstance(assignment, CourseAssignment):
        return {}
    own, solutions = question.definition, assignment.solutions
    definitions = {assignment.question(name).definition for name in names}
    definitions |= {other for name in definitions for other in partners(name, assignment)}
    definitions -= {own}
    classes = {_owner(d) for d in definitions if "." in d} - {_owner(own)}
    definitions |= {d for d in solutions if "." in d and _owner(d) in classes}
    sources = {d: solutions[d] for d in sorted(definitions) if d in solutions}
    return sources | _versions(sources, own, assignment, trees) | _composites(sources, assignment, trees)


def partners(definition: str, assignment: PublicAssignment) -> set[str]:
    """The functions that share a cache with this one: a question's cases hand on what the other gave."""
    shared = {definition}
    pairs = _pairs(assignment)
    while more := {name for pair in pairs if pair & shared for name in pair} - shared:
        shared |= more
    return shared - {definition}


def _pairs(assignment: PublicAssignment) -> set[frozenset[str]]:
    """(function, function that it needs) where the one is called with a part of what the other gave."""
    definitions = {question.name: question.definition for question in assignment.questions}
    pairs = set()
    for case in assignment.public:
        question = assignment.question(case.question)
        needed = {definitions[name] for name in question.needs}
        for step in case.steps:
            if step.operation == "call" and step.name == question.definition:
                given = (case.steps[ref.step] for ref in refs_in((step.args, step.kwargs)))
                pairs |= {
                    frozenset((step.name, one.name))
                    for one in given
                    if one.operation == "call" and one.name in needed
                }
    return pairs


def _versions(
    sources: dict[str, str], own: str, assignment: CourseAssignment, trees: Iterable[ast.Module]
) -> dict[str, str]:
    """Other versions of what is replaced that the submission has, under their own names."""
    graded = {question.definition for question in assignment.questions}
    versions: dict[str, str] = {}
    for function in _functions(trees) - graded:
        for name, source in sources.items():
            if "." not in name and name != own and re.fullmatch(re.escape(name) + _VERSION, function):
                versions[function] = renamed(source, function)
    return versions


def _composites(
    sources: dict[str, str], assignment: CourseAssignment, trees: Iterable[ast.Module]
) -> dict[str, str]:
    """Functions made of what is replaced that the submission has too."""
    there = _functions(trees)
    return {
        name: one.source
        for name, one in assignment.composites.items()
        if name in there and one.parts & sources.keys()
    }


def _functions(trees: Iterable[ast.Module]) -> set[str]:
    return {node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)}


def _owner(definition: str) -> str:
    return definition.partition(".")[0]
