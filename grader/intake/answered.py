"""How many of an assignment's answers a notebook holds, read off its text: nothing is run, nothing is judged."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from grader.intake.amount import too_much
from grader.model import Asked, Cell
from grader.source import does_nothing, parse_cell, same_code

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def count_answers(cells: Sequence[Cell], asked: Asked) -> tuple[int, int]:
    """How many functions, methods, values and written answers are not as they were released; how many there are.

    A function that computes nothing is as some release has it.
    """
    code = [cell.source for cell in cells if cell.kind == "code"]
    if too_much(code, ()) is not None:
        return 0, 0
    released = {name: node for source in asked.stubs.values() for name, node in _parts(source)}
    own = {name: node for source in code for name, node in _parts(source)}
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


def _parts(source: str) -> Iterator[tuple[str, ast.stmt]]:
    """What a cell binds that may be an answer: functions, methods, and literal values."""
    tree = parse_cell(source).tree
    for node in tree.body if tree is not None else ():
        if isinstance(node, _Function):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield node.name, ast.Pass()
            yield from ((f"{node.name}.{n.name}", n) for n in node.body if isinstance(n, _Function))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            yield from ((target.id, node) for target in node.targets if isinstance(target, ast.Name))


def _is_released(node: ast.stmt, released: ast.stmt | None) -> bool:
    if released is not None and type(node) is type(released) and same_code(node, released):
        return True
    if isinstance(node, _Function):
        return does_nothing(node)
    return (
        isinstance(node, ast.Pass)
        or isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Dict)
        and not _values(node.value)
    )


def _values(literal: ast.Dict) -> list[ast.expr]:
    """What is filled in."""
    return [v for v in literal.values if not (isinstance(v, ast.Constant) and v.value is None)]
