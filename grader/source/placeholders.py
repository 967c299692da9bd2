"""Definitions that do nothing: what a starter gives before anybody answers, whoever wrote it."""

from __future__ import annotations

import ast
from itertools import islice

_MAX_NODES = 2_000
"""Nodes of a definition that may do nothing."""


def does_nothing(definition: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function computes nothing: it names, unpacks and gives back, as a starter does."""
    nodes = list(islice(ast.walk(definition), _MAX_NODES + 1))
    if len(nodes) > _MAX_NODES:
        return False
    return not any(_works(node) for node in nodes)


def _works(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
        return node.value is not None and not _is_plain(node.value)
    if isinstance(node, ast.Return):
        return node.value is not None and not _is_plain(node.value)
    return isinstance(node, ast.AugAssign | ast.For | ast.While | ast.Yield | ast.YieldFrom)


def _is_plain(value: ast.expr) -> bool:
    """A name, a constant, or an empty or plain collection of those."""
    if isinstance(value, ast.Name | ast.Constant):
        return True
    if isinstance(value, ast.Attribute | ast.Starred | ast.UnaryOp):
        inner = value.operand if isinstance(value, ast.UnaryOp) else value.value
        return _is_plain(inner)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return all(map(_is_plain, value.elts))
    if isinstance(value, ast.Dict):
        return all(map(_is_plain, (*(key for key in value.keys if key), *value.values)))
    return False
