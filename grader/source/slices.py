"""Slices, not notebooks: which statements of which cells make the implementation.

Kept are every import, def and class, and the statements that bind or mutate a name which kept code reads
*free*, in notebook order. What a name means is asked of ``symtable``, the compiler's own tables, since an
``ast.Name`` does not know whether it is a local of the function it stands in.
"""

from __future__ import annotations

import ast
import symtable
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from grader.source.needs import needed

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one top-level statement does with module-level names."""

    always: bool
    binds: frozenset[str]
    reads: frozenset[str]
    imports: frozenset[str]


def keep(trees: Sequence[ast.Module | None], roots: Iterable[str]) -> list[tuple[int, ...]]:
    """For each cell, the positions of the statements to run so that ``roots`` can be called."""
    nodes = [
        (cell, position, node)
        for cell, tree in enumerate(trees)
        if tree is not None
        for position, node in enumerate(tree.body)
    ]
    statements = [statement for tree in trees if tree is not None for statement in describe(tree)]
    # Definitions cost nothing to run, so all are kept; but only what the roots reach is *read*:
    # a plotting helper that mentions `solver` must not bring back an hour of training.
    numbers = needed([tree for tree in trees if tree is not None], statements, frozenset(roots))
    positions: list[list[int]] = [[] for _ in trees]
    for index, (cell, position, _) in enumerate(nodes):
        if index in numbers or statements[index].always:
            positions[cell].append(position)
    return [tuple(cell) for cell in positions]


_descriptions: WeakKeyDictionary[ast.Module, tuple[Statement, ...]] = WeakKeyDictionary()


def describe(tree: ast.Module) -> tuple[Statement, ...]:
    """The module-level names that each statement binds, mutates and reads; every question asks again."""
    if tree not in _descriptions:
        _descriptions[tree] = tuple(map(_describe, tree.body))
    return _descriptions[tree]


def _describe(node: ast.stmt) -> Statement:
    binds, reads = _names(node)
    return Statement(
        always=isinstance(node, _DEFINITIONS),
        binds=frozenset(binds),
        reads=frozenset(reads),
        imports=frozenset(binds if isinstance(node, ast.Import | ast.ImportFrom) else ()),
    )


def defined_names(tree: ast.Module) -> frozenset[str]:
    """Names that a module's top-level statements bind, imports apart."""
    return frozenset().union(*(s.binds for s in describe(tree) if not s.imports))


def bound_names(tree: ast.Module) -> frozenset[str]:
    """Names that a module's top-level statements bind, imports included."""
    return frozenset().union(*(s.binds for s in describe(tree)))


def _names(node: ast.stmt) -> tuple[set[str], set[str]]:
    """(bound, read) module-level names of one statement, nested scopes included."""
    if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
        return set(), set()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(ast.unparse(node), "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _every_name(node)  # too deep, or a number too long to print: keep more rather than fail
    bound: set[str] = set()
    read: set[str] = set()
    for symbol in table.get_symbols():
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
            bound.add(symbol.get_name())
        if symbol.is_referenced():
            read.add(symbol.get_name())
    scopes = list(table.get_children())
    while scopes:
        scope = scopes.pop()
        scopes.extend(scope.get_children())
        for symbol in scope.get_symbols():
            if symbol.is_global():
                read.add(symbol.get_name())
    return bound, read


def _every_name(node: ast.stmt) -> tuple[set[str], set[str]]:
    names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    if isinstance(node, _DEFINITIONS[2:]):
        bound = {node.name}
    return bound, {name.id for name in names}
