"""Answers that are literals (hyperparameters, shapes, predictions) are read without running anything."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from typing import Any

_MAX_NUMBER = 1e12
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}


class NotLiteralError(ValueError):
    """The expression must be run to be known; the message says which part of it."""


def assigned_literal(trees: Sequence[ast.Module | None], name: str) -> Any:
    """The value last assigned to ``name`` at top level. KeyError: none; NotLiteralError: it is computed."""
    try:
        return _last_assignment(trees, name)
    except (RecursionError, MemoryError) as error:
        raise NotLiteralError("it is nested too deeply to be a plain value") from error


def _last_assignment(trees: Sequence[ast.Module | None], name: str) -> Any:
    value: ast.expr | None = None
    for tree in trees:
        for node in tree.body if tree is not None else ():
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == name for t in node.targets
            ):
                value = node.value
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                value = node.value if node.target.id == name else value
            elif value is not None and name in altered_names(node):
                raise NotLiteralError(f"{_code(node)} alters it afterwards; write the values in the dict")
    if value is None:
        raise KeyError(name)
    return evaluate(value)


def altered_names(node: ast.stmt) -> set[str]:
    """Names whose value a statement alters in place: ``name[...] =``, ``name |=``, ``name.update(...)``."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = [target for target in node.targets if isinstance(target, ast.Subscript)]
    elif isinstance(node, ast.AugAssign):
        targets = [node.target]
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        targets = [node.value.func] if isinstance(node.value.func, ast.Attribute) else []
    roots = [t.value if isinstance(t, ast.Subscript | ast.Attribute) else t for t in targets]
    return {root.id for root in roots if isinstance(root, ast.Name)}


def evaluate(node: ast.expr) -> Any:
    """Numbers, strings, tuples, lists, dicts, ``dict(a=1)``, and arithmetic on numbers."""
    match node:
        case ast.Constant(value=int(value)) if abs(value) > _MAX_NUMBER and not isinstance(value, bool):
            raise NotLiteralError("a number in it is too large")
        case ast.Constant(value=value) if value is None or isinstance(value, bool | int | float | str):
            return value
        case ast.Tuple(elts=items):
            return tuple(evaluate(item) for item in items)
        case ast.List(elts=items):
            return [evaluate(item) for item in items]
        case ast.Dict(keys=keys, values=values) if None not in keys:
            pairs = [(evaluate(k), evaluate(v)) for k, v in zip(keys, values, strict=True) if k is not None]
            if not all(isinstance(key, str | int | float | None) for key, _ in pairs):
                raise NotLiteralError("a key of the dict is not a plain value")
            return dict(pairs)
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords) if all(k.arg for k in keywords):
            return {str(k.arg): evaluate(k.value) for k in keywords}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _compute(type(op), _number(left), _number(right))
    raise NotLiteralError(f"{_code(node)} is not a plain value")


def _code(node: ast.AST) -> str:
    """The source of a part, cut to fit a sentence."""
    try:
        return f"`{ast.unparse(node)[:80]}`"
    except ValueError:  # an integer of more digits than Python prints
        return "what is written there"


def _number(node: ast.expr) -> float:
    value = evaluate(node)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotLiteralError(f"{_code(node)} is not a number")
    return value


def _compute(op: type[ast.operator], left: float, right: float) -> float:
    if op is ast.Pow and (abs(left) > 1e3 or abs(right) > 100):
        raise NotLiteralError(f"the power {left} ** {right} is too large to work out")
    try:
        value = _OPERATORS[op](left, right)
    except ArithmeticError as error:
        raise NotLiteralError(str(error)) from error
    if isinstance(value, complex) or abs(value) > _MAX_NUMBER:
        raise NotLiteralError(f"the value {value} is too large")
    return float(value) if isinstance(value, float) else int(value)
