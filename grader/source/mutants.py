"""Automatic mutants of a definition: every small change that one slip of the hand could make.

A fixed list of operators, after DeMillo, Lipton and Sayward, Hints on test data selection (1978): a good set
of checks tells the original from each of them.

* arithmetic: + ↔ −, · ↔ /, ** → ·, a sign dropped;
* comparison: > → >=, >= → >, < → <=, == → !=, …;
* constants: 0 → 1, n → n + 1, x → 2 x, True ↔ False;
* axis: 0 ↔ 1, keepdims dropped;
* missing statement: an assignment or a call left out;
* swapped names: one use of a local name replaced by the next, by alphabet, that the function binds.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed definition, and what was changed: operator, line (1 is the definition's first), texts."""

    operator: str
    line: int
    before: str
    after: str
    source: str

    @property
    def id(self) -> str:
        """What it is called in a table."""
        return f"{self.operator}, line {self.line}: {self.before} → {self.after}"


_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}
_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of the one definition in ``source``, docstrings apart, in the order of its text."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    places = [node for node in ast.walk(tree) if hasattr(node, "lineno")]
    seen = {original}
    for place in range(len(places)):
        for operator, before, after, changed in _changes(tree, place):
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                line = getattr(places[place], "lineno", 0)
                yield Mutant(operator, line, before, after, text)


def _changes(tree: ast.Module, place: int) -> Iterator[tuple[str, str, str, ast.Module]]:
    """(operator, before, after, whole tree) of each change of the node at ``place`` of the walk."""

    def at(mutant: ast.Module) -> ast.AST:
        return [node for node in ast.walk(mutant) if hasattr(node, "lineno")][place]

    def fresh() -> tuple[ast.Module, ast.AST]:
        mutant = copy.deepcopy(tree)
        return mutant, at(mutant)

    node = at(tree)
    before = ast.unparse(node)
    mutant, changed = fresh()
    if isinstance(changed, ast.BinOp | ast.AugAssign) and type(changed.op) in _ARITHMETIC:
        changed.op = _ARITHMETIC[type(changed.op)]()
        yield "arithmetic", before, ast.unparse(changed), mutant
    elif isinstance(changed, ast.Compare) and type(changed.ops[0]) in _COMPARISON:
        changed.ops[0] = _COMPARISON[type(changed.ops[0])]()
        yield "comparison", before, ast.unparse(changed), mutant
    elif isinstance(changed, ast.UnaryOp) and isinstance(changed.op, ast.USub):
        changed.op = ast.UAdd()
        yield "arithmetic", before, ast.unparse(changed), mutant
    elif isinstance(changed, ast.Constant) and isinstance(changed.value, bool | int | float):
        changed.value = _other_constant(changed.value)
        yield "constants", before, ast.unparse(changed), mutant
    elif isinstance(changed, ast.keyword) and changed.arg in ("axis", "keepdims"):
        yield from _axis(tree, place, before)
    elif isinstance(changed, ast.Assign | ast.AugAssign | ast.Expr) and not _is_docstring(node):
        yield from _left_out(tree, place, before)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        other = _next_name(tree, node)
        if other:
            mutant, changed = fresh()
            assert isinstance(changed, ast.Name)
            changed.id = other
            yield "swapped names", before, other, mutant


def _other_constant(value: bool | int | float) -> bool | int | float:
    if isinstance(value, bool):
        return not value
    if value == 0:
        return 1
    return value + 1 if isinstance(value, int) else 2 * value


def _axis(tree: ast.Module, place: int, before: str) -> Iterator[tuple[str, str, str, ast.Module]]:
    mutant = copy.deepcopy(tree)
    changed = [node for node in ast.walk(mutant) if hasattr(node, "lineno")][place]
    assert isinstance(changed, ast.keyword)
    if isinstance(changed.value, ast.Constant) and changed.value.value in (0, 1):
        changed.value.value = 1 - changed.value.value if changed.arg == "axis" else not changed.value.value
        yield "axis", before, ast.unparse(changed), mutant


def _left_out(tree: ast.Module, place: int, before: str) -> Iterator[tuple[str, str, str, ast.Module]]:
    mutant = copy.deepcopy(tree)
    changed = [node for node in ast.walk(mutant) if hasattr(node, "lineno")][place]
    for node in ast.walk(mutant):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if isinstance(block, list) and changed in block:
                block[block.index(changed)] = ast.copy_location(ast.Pass(), changed)
                yield "missing statement", before.split("\n")[0], "nothing", mutant
                return


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _next_name(tree: ast.Module, node: ast.Name) -> str:
    """The next of the names that the function around ``node`` binds, its arguments among them."""
    around = [
        f
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef) and any(inner is node for inner in ast.walk(f))
    ]
    if not around:
        return ""
    function = min(around, key=lambda f: (f.end_lineno or 0) - f.lineno)
    bound = {argument.arg for argument in function.args.args}
    bound |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    names = sorted(bound - {"self"})
    if node.id not in names or len(names) < 2:
        return ""
    return names[(names.index(node.id) + 1) % len(names)]
