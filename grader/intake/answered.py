"""How many of an assignment's answers a notebook or a file holds, read off its text: nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from grader.intake.amount import too_much
from grader.model import Asked, Cell
from grader.source import is_starter, parse_cell, parse_module, same_code

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def count_answers(cells: Sequence[Cell], asked: Asked) -> tuple[int, int]:
    """How many parts of answers are not as they were released, and how many there are.

    Parts are functions, methods, values and texts. A function that computes nothing is no answer.
    """
    code = [cell.source for cell in cells if cell.kind == "code"]
    if too_much(code, ()) is not None:
        return 0, 0
    released = {name: node for source in asked.stubs.values() for name, node in parts(source)}
    own = {name: node for source in code for name, node in parts(source)}
    asked_for = asked.roots | {name.partition(".")[0] for name in released}
    defined = {name: node for name, node in own.items() if name.partition(".")[0] in asked_for}
    answered = [name for name, node in defined.items() if not _is_released(node, released.get(name))]
    written = {
        question
        for cell in cells
        if cell.kind == "markdown"
        for question in cell.questions
        if question in asked.stubs and cell.source.split() != asked.stubs[question].split()
    }
    return len(answered) + len(written), len(defined)


def count_answers_of_module(source: str, roots: Collection[str]) -> int:
    """How many of the functions and methods that are asked for a file computes something in."""
    own = dict(parts(source, whole_module=True))
    asked_for = [node for name, node in own.items() if name.partition(".")[0] in roots]
    return sum(not _is_released(node, None) for node in asked_for)


def is_answered(definition: ast.stmt) -> bool:
    """Whether a definition is more than a starter: a class is, where one of its methods is."""
    if isinstance(definition, ast.ClassDef):
        methods = [node for node in definition.body if isinstance(node, _Function)]
        return not all(is_starter(method, identity_given=True) for method in methods)
    return not _is_released(definition, None)


def parts(source: str, *, whole_module: bool = False) -> Iterator[tuple[str, ast.stmt]]:
    """What a source binds at its top that may be an answer: functions, classes, methods, literal values."""
    tree = (parse_module if whole_module else parse_cell)(source).tree
    for node in tree.body if tree is not None else ():
        if isinstance(node, _Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield node.name, node
            yield from ((f"{node.name}.{n.name}", n) for n in node.body if isinstance(n, _Function))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            yield from ((target.id, node) for target in node.targets if isinstance(target, ast.Name))


def _is_released(node: ast.stmt, released: ast.stmt | None) -> bool:
    if isinstance(node, ast.ClassDef):
        return True  # its methods are looked at
    if released is not None and type(node) is type(released) and same_code(node, released):
        return True
    if isinstance(node, _Function):
        return is_starter(node, identity_given=True)
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and not _values(node.value)


def _values(literal: ast.Dict) -> list[ast.expr]:
    """What is filled in."""
    return [v for v in literal.values if not (isinstance(v, ast.Constant) and v.value is None)]
