"""Cells that were read: what is wrong with their source, and its tree."""

from __future__ import annotations

import ast
from dataclasses import replace

from grader.model import Cell
from grader.source import parse_cell


def with_parse_problem(cell: Cell) -> Cell:
    """Parse a cell, and put into ``problem`` why it does not parse; prose always does."""
    return replace(cell, problem=parse_cell(cell.source).problem if cell.kind == "code" else "")


def tree_of(cell: Cell) -> ast.Module | None:
    """The parsed source of a code cell; None where it does not parse."""
    return parse_cell(cell.source).tree if cell.kind == "code" and not cell.problem else None
