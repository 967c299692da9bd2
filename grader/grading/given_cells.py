"""Given cells that a student wrote in: what is added there is the student's, the rest stays the course's."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.intake import tree_of
from grader.model import Cell, Finding, Submission
from grader.model.reasons import GivenCellChanged
from grader.source import bound_names, parse_cell, texts

ROLES = ("locked", "given")
"""Roles of cells that the instructor wrote."""


def read_additions(submission: Submission, released: Sequence[str]) -> tuple[Submission, list[Finding]]:
    """The submission with a cell more after each given one that something was added to; what to say of it.

    ``released``: the given cells as they were handed out. A name that they bind keeps their meaning.
    """
    if not released:
        return submission, []
    texts_of_given = {_normal(text) for text in released}
    changed = [c for c in submission.cells if c.role in ROLES and _normal(c.source) not in texts_of_given]
    if not changed:
        return submission, []
    given = [tree for text in released if (tree := parse_cell(text).tree) is not None]
    known = {_outline(node) for tree in given for node in tree.body}
    bound = frozenset().union(*map(bound_names, given))
    cells: list[Cell] = []
    notes: list[Finding] = []
    for cell in submission.cells:
        cells.append(cell)
        tree = tree_of(cell)
        if cell.role not in ROLES or tree is None or _normal(cell.source) in texts_of_given:
            continue
        other = [number for number, node in enumerate(tree.body) if _outline(node) not in known]
        added = [number for number in other if not _bound(tree, [number]) & bound]
        if added:
            cells.append(
                replace(cell, source=only_statements(cell.source, added), role="free", name="", problem="")
            )
        read = _bound(tree, added)
        ignored = _bound(tree, other) - read
        if read or ignored:
            notes.append(GivenCellChanged(cell.label, _list(read), _list(ignored)))
    return replace(submission, cells=tuple(cells)), notes


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _outline(node: ast.stmt) -> str:
    return ast.dump(node)


def _bound(tree: ast.Module, positions: Iterable[int]) -> frozenset[str]:
    return bound_names(ast.Module([tree.body[number] for number in positions], []))


def only_statements(source: str, positions: Sequence[int]) -> str:
    """The statements at ``positions``, each on the line that it stood on."""
    text = ""
    for line, statement in texts(source, positions):
        missing = line - 1 - text.count("\n")
        text += "\n" * missing if missing > 0 else ";" if text and not text.endswith("\n") else ""
        text += statement
    return text


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
