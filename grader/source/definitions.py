"""Functions and methods in source text: find one, replace one, and tell whether one is as released."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import islice

_MAX_RELEASED_NODES = 20_000
"""Nodes of a definition that may be as it was released: nothing so large ever was."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def find(tree: ast.Module, name: str) -> Definition | None:
    """The last top-level definition of ``name`` (or of method ``Class.method``); None if there is none."""
    owner, _, method = name.partition(".")
    definition: Definition | None = None
    for node in tree.body:
        if isinstance(node, Definition) and node.name == owner:
            definition = node
    if method and isinstance(definition, ast.ClassDef):
        inner = [n for n in definition.body if isinstance(n, Definition) and n.name == method]
        return inner[-1] if inner else None
    return None if method else definition


def replace(source: str, tree: ast.Module, name: str, replacement: str) -> str | None:
    """``source`` with every definition of ``name`` replaced, re-indented; None when it has none.

    The replacement is self-contained but for ``np``, which the module is given at its end: names are looked
    up when a function is called, and nothing in the student's text moves.
    """
    places = list(_all(tree, name))
    if not places:
        return None
    lines = source.split("\n")
    for node in reversed(places):
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
        indent = " " * node.col_offset
        body = replacement.strip("\n").split("\n")
        lines[first : node.end_lineno] = [indent + line if line else line for line in body]
    return "\n".join([*lines, "import numpy as np", ""])


def renamed(source: str, name: str) -> str:
    """A function's source under another name. It must not call itself."""
    return re.sub(r"^(def\s+)\w+", rf"\g<1>{name}", source, count=1, flags=re.M)


def enclosed(source: str, name: str, pieces: Sequence[str]) -> str:
    """The function ``name`` with the functions that it calls inside it, so that it needs no others."""
    inner = "\n".join(line for text in (*pieces, source) for line in text.strip("\n").split("\n"))
    body = textwrap.indent(f"{inner}\nreturn {name}(*args, **kwargs)", "    ")
    return f"def {name}(*args, **kwargs):\n{body}\n"


def same_code(one: ast.AST, other: ast.AST) -> bool:
    """Whether two definitions differ in comments, blank lines and docstrings at most."""
    if _outline(one) != _outline(other):
        return False  # nearly every answer: no need to read on
    if any(
        next(islice(ast.walk(node), _MAX_RELEASED_NODES, None), None) is not None for node in (one, other)
    ):
        return False
    try:
        return ast.dump(_bare(one)) == ast.dump(_bare(other))
    except (ValueError, RecursionError, MemoryError):
        return False  # nothing that deep, or with numbers that long, was ever released


def _all(tree: ast.Module, name: str) -> Iterator[Definition]:
    owner, _, method = name.partition(".")
    for node in tree.body:
        if isinstance(node, Definition) and node.name == owner:
            if not method:
                yield node
            elif isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, Definition) and n.name == method)


def _outline(node: ast.AST) -> list[type[ast.stmt]]:
    """Kinds of the statements that a definition consists of."""
    return [type(statement) for statement in _body(node)] if isinstance(node, Definition) else []


def _body(node: Definition) -> list[ast.stmt]:
    """A definition's statements without its docstring."""
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return node.body[1:] or [ast.Pass()]
    return node.body


def _bare(node: ast.AST) -> ast.AST:
    copy = ast.parse(ast.unparse(node))
    for inner in ast.walk(copy):
        if not isinstance(inner, Definition):
            continue
        inner.body = _body(inner)
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            inner.returns = None
            for argument in ast.walk(inner.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
    return copy
