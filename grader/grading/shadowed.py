"""What is bound twice counts as it stood when its answer's own check ran, from the first cell to the last.

A notebook's end is where people try things: a second `softmax`, a variable called `max`. What stands there,
below the last check of every answer that reads the name, takes nothing from an answer above it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.course import PublicAssignment
from grader.grading.given_cells import ROLES, only_statements
from grader.intake import tree_of
from grader.model import Finding, Submission
from grader.model.reasons import BoundAgain
from grader.source import describe

_BUILTINS = frozenset(vars(builtins))
_Places = Mapping[str, Sequence[tuple[int, int]]]
"""Where each name is bound: positions of cells, and of statements in them."""


def without_shadowing(
    submission: Submission, assignment: PublicAssignment
) -> tuple[Submission, list[Finding]]:
    """The submission as it is to be loaded, cell for cell; and what to say of names that are bound again."""
    trees = [tree_of(cell) for cell in submission.cells]
    checked = _checked_at(submission, assignment, trees)
    if not checked:
        return submission, []
    places: dict[str, list[tuple[int, int]]] = {}
    for number, tree in enumerate(trees):
        for position, statement in enumerate(describe(tree) if tree is not None else ()):
            for name in statement.binds:
                places.setdefault(name, []).append((number, position))
    last: dict[str, int] = {}
    for owner, at in checked.items():
        for name in _reached(owner, trees, places):
            last[name] = max(at, last.get(name, -1))
    dropped: dict[int, set[int]] = {}
    notes: list[Finding] = []
    for name, at in sorted(last.items()):
        before = [place for place in places.get(name, ()) if place[0] <= at]
        after = [place for place in places.get(name, ()) if place[0] > at]
        after = [place for place in after if _may_go(place, submission, trees, last)]
        if not after or not (before or name in _BUILTINS):
            continue
        for number, position in after:
            dropped.setdefault(number, set()).add(position)
        if before and _text(before[-1], trees) != _text(after[-1], trees):
            first, other = (submission.cells[place[0]].label for place in (before[-1], after[-1]))
            notes.append(BoundAgain(name, first, other))
    cells = list(submission.cells)
    for number, gone in dropped.items():
        tree = trees[number]
        assert tree is not None
        kept = [position for position in range(len(tree.body)) if position not in gone]
        cells[number] = replace(cells[number], source=only_statements(cells[number].source, kept))
    return replace(submission, cells=tuple(cells)), notes


def _checked_at(
    submission: Submission, assignment: PublicAssignment, trees: Sequence[ast.Module | None]
) -> dict[str, int]:
    """For each definition that is asked for, the cell in which its check runs last.

    Where it has none, its check would run right below its answer's own cell, if that is marked.
    """
    calls = [frozenset(_checks(tree)) if tree is not None else frozenset() for tree in trees]
    found: dict[str, int] = {}
    for question in assignment.questions:
        owner = question.definition.partition(".")[0]
        if not owner or question.kind != "code":
            continue
        at = [number for number, names in enumerate(calls) if names & {question.name, ""}] or [
            number
            for number, cell in enumerate(submission.cells)
            if cell.role == "answer" and question.name in cell.questions
        ]
        # Without either nothing is known of when it would run: then what was bound last counts.
        found[owner] = max(found.get(owner, -1), at[-1] if at else len(trees))
    return {owner: at for owner, at in found.items() if at < len(trees)}


def _checks(tree: ast.Module) -> Iterator[str]:
    """Questions that a cell checks; an empty name stands for all of them."""
    for node in tree.body:
        for call in ast.walk(node) if isinstance(node, ast.Expr) else ():
            match call:
                case ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=str(name))]):
                    yield name
                case ast.Call(func=ast.Name(id="check"), args=[]):
                    yield ""


def _reached(name: str, trees: Sequence[ast.Module | None], places: _Places) -> set[str]:
    """The names that an answer reads, and what these read."""
    waiting, seen = [name], set[str]()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for number, position in places.get(one, ()):
            tree = trees[number]
            if tree is not None and (statement := describe(tree)[position]) and not statement.imports:
                waiting += statement.reads
    return seen


def _may_go(
    place: tuple[int, int],
    submission: Submission,
    trees: Sequence[ast.Module | None],
    last: Mapping[str, int],
) -> bool:
    """Whether a statement below the check can be left out: it binds nothing else that is still to come."""
    number, position = place
    tree, cell = trees[number], submission.cells[number]
    if tree is None or cell.role in ROLES:
        return False
    statement = describe(tree)[position]
    return not statement.imports and all(last.get(name, -1) < number for name in statement.binds)


def _text(place: tuple[int, int], trees: Sequence[ast.Module | None]) -> str:
    tree = trees[place[0]]
    return "" if tree is None else ast.dump(tree.body[place[1]])
