"""Find the answer to each question in a submission, once, before anything is run.

Answers are compared with the released stub as code, not as text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.course import PublicAssignment, Question
from grader.intake import home_of, tree_of
from grader.model import Submission
from grader.source import bound_names, find, is_starter, parse_cell, parse_in_pieces, parse_module, same_code


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an answer stands in a submission, and whether there is one."""

    question: Question
    cells: tuple[int, ...] = ()
    """Positions of the cells that answer: marked so, or defining what is graded."""
    binding_places: frozenset[str] = frozenset()
    """Labels of the cells and names of the modules that bind what is asked for."""
    as_released: bool = False
    """Its definition is the stub's own: a one-line body of one's own is an answer."""
    starter: bool = False
    """Its definition computes nothing, as starters of other years do, and nothing is bound in its place."""
    bound: bool = False
    """Something binds the name that is asked for."""
    text: str = ""
    """The text cell that holds the definition, where one does."""
    parse_problems: tuple[tuple[str, str], ...] = ()
    """(where, why) of what should answer and does not parse."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The parsed sources of a submission, and what each question finds there."""

    trees: tuple[ast.Module, ...]
    """Those that parse: modules first, since cells count more."""
    by_question: Mapping[str, Answer]


def collect_answers(
    submission: Submission, assignment: PublicAssignment, questions: Sequence[Question]
) -> Answers:
    """Parse a submission once, and find what answers each question."""
    cells = [tree_of(cell) for cell in submission.cells]
    modules = [parse_module(module.source).tree if module.source else None for module in submission.modules]
    return Answers(
        tuple(tree for tree in (*modules, *cells) if tree is not None),
        {q.name: _answer(q, assignment, submission, cells, modules) for q in questions},
    )


def _answer(
    question: Question,
    assignment: PublicAssignment,
    submission: Submission,
    cells: Sequence[ast.Module | None],
    modules: Sequence[ast.Module | None],
) -> Answer:
    owner = question.definition.partition(".")[0]
    positions = tuple(
        position
        for position, (cell, tree) in enumerate(zip(submission.cells, cells, strict=True))
        if question.name in cell.questions
        or (tree is not None and bool(owner) and find(tree, owner) is not None)
    )
    if not owner:
        name = question.literal
        if not name or any(tree is not None and name in bound_names(tree) for tree in (*modules, *cells)):
            return Answer(question, positions)
        problems = tuple(_parse_problems(question.name, name, submission))
        return Answer(question, positions, text=_as_text(name, submission), parse_problems=problems)
    binding_places = {
        label
        for label, tree in (
            *zip((cell.label for cell in submission.cells), cells, strict=True),
            *zip((m.name.removeprefix("submission.") for m in submission.modules), modules, strict=True),
        )
        if tree is not None and owner in bound_names(tree)
    }
    home = home_of(submission, owner)
    counted = [
        tree
        for module, tree in zip(submission.modules, modules, strict=True)
        if not home or module.name == home
    ]
    trees = [tree for tree in (*counted, *cells) if tree is not None]
    definitions = [node for tree in trees if (node := find(tree, question.definition)) is not None]
    return Answer(
        question,
        positions,
        frozenset(binding_places),
        bool(definitions) and _is_the_stubs(definitions[-1], question, assignment),
        bool(definitions)
        and all(is_starter(node, identity_given=question.identity_given) for node in definitions)
        and not any(_is_rebound(question.definition, tree) for tree in trees),
        bool(binding_places),
        "" if binding_places else _as_text(owner, submission),
        tuple(_parse_problems(question.name, owner, submission)),
    )


def _is_the_stubs(definition: ast.stmt, question: Question, assignment: PublicAssignment) -> bool:
    released = parse_cell(assignment.stubs.get(question.name, "")).tree
    expected = find(released, question.definition) if released is not None else None
    return expected is not None and same_code(definition, expected)


def _is_rebound(definition: str, tree: ast.Module) -> bool:
    """Whether something else may stand in the place of what is defined: ``f = g``, ``Net.loss = loss``."""
    owner, _, method = definition.partition(".")
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if name == owner:
                return True
            case ast.Attribute(value=ast.Name(id=name), attr=attribute, ctx=ast.Store()):
                if method and (name, attribute) == (owner, method):
                    return True
            case ast.alias(name=name, asname=other) if other == owner != name:
                return True
            case ast.Call(func=ast.Name(id="setattr")):
                return True
            case ast.FunctionDef(name=name) if name == owner and node not in tree.body:
                return True
            case ast.ClassDef(name=name) if name == owner and _does_more(node, method):
                return True
    return False


def _does_more(node: ast.ClassDef, method: str) -> bool:
    """Whether a class is made by more than definitions: it calls something, or binds the method by hand."""
    if node.decorator_list or node.keywords:
        return True
    assigned = [target for entry in node.body if isinstance(entry, ast.Assign) for target in entry.targets]
    calls = any(isinstance(entry, ast.Expr) and isinstance(entry.value, ast.Call) for entry in node.body)
    return calls or any(isinstance(target, ast.Name) and target.id == method for target in assigned)


def _as_text(name: str, submission: Submission) -> str:
    """The label of a text cell that binds a name, as far as it is Python."""
    for cell in submission.cells:
        if cell.kind == "markdown" and name in cell.source:
            tree = parse_cell(_FENCE.sub("", cell.source)).tree
            if tree is not None and name in bound_names(tree):
                return cell.label
    return ""


_FENCE = re.compile(r"^[ \t]*```.*$", re.M)


def _parse_problems(question: str, name: str, submission: Submission) -> Iterable[tuple[str, str]]:
    owner = re.escape(name)
    defines = re.compile(rf"^[ \t]*(?:(?:async\s+)?def|class)\s+{owner}\b|^{owner}\s*=", re.M)
    for cell in submission.cells:
        if cell.problem and (question in cell.questions or defines.search(cell.source)):
            yield cell.label, cell.problem
    for module in submission.modules:
        if not defines.search(module.source):
            continue
        place = f"{module.name.replace('.', '/')}.py"
        parsed, left_out = parse_in_pieces(module.source)
        if problem := parsed.problem or parsed.module_problem:
            yield place, problem
        yield from ((place, piece.problem) for piece in left_out if defines.search(piece.source))
