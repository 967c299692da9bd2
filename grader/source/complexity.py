"""How deep and how wide a tree is: bounded right after parsing, for the sake of all that walks it later."""

from __future__ import annotations

import ast

MAX_NESTED = 200
"""Nodes inside each other. Students' code has 30; Python's own recursion ends at 1,000 calls."""
MAX_NESTED_SCOPES = 50
"""Functions, classes and comprehensions inside each other: ``symtable`` copies all names for each of them."""
MAX_NAMES_IN_SCOPES = 8_000_000
"""Distinct names times scopes: what ``symtable`` copies at most, 0.4 s. A tree of 256 KiB has 2 million."""
MAX_CLASS_NAME = 255
"""Characters of a class's name: ``symtable`` writes it before each private name in the class."""

_SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def too_complex(tree: ast.Module) -> str:
    """Why a tree is not looked into, with its line; empty when it is within bounds."""
    waiting: list[tuple[ast.AST, int, int, int]] = [(tree, 0, 0, 1)]
    names: set[str] = set()
    scopes = 0
    while waiting:
        node, depth, inside, line = waiting.pop()
        line = getattr(node, "lineno", line)
        if depth > MAX_NESTED:
            return f"line {line}: it is nested more than {MAX_NESTED} deep"
        if isinstance(node, _SCOPES):
            scopes, inside = scopes + 1, inside + 1
            if inside > MAX_NESTED_SCOPES:
                return f"line {line}: functions and classes are nested more than {MAX_NESTED_SCOPES} deep"
        if isinstance(node, ast.ClassDef) and len(node.name) > MAX_CLASS_NAME:
            return f"line {line}: the name of a class is longer than {MAX_CLASS_NAME} characters"
        names.update(_names(node))
        waiting += [(child, depth + 1, inside, line) for child in ast.iter_child_nodes(node)]
    if len(names) * scopes > MAX_NAMES_IN_SCOPES:
        return f"it has {len(names)} names in {scopes} functions and classes; is generated code among it?"
    return ""


def _names(node: ast.AST) -> tuple[str, ...]:
    """The names that one node reads or binds, those in its parts left aside."""
    match node:
        case ast.Name(id=name) | ast.arg(arg=name):
            return (name,)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return tuple(names)
        case ast.alias(name=whole, asname=other):
            return (other or whole.partition(".")[0],)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            return (name,)
    return ()
