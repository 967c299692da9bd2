"""Where the statements of a cell stand in its text, so that each can be compiled by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from grader.source.cells import parse_cell


def spans(source: str, positions: Iterable[int]) -> tuple[tuple[int, int, int], ...]:
    """(line, start, end) of the statements at ``positions`` of a cell: characters from start to end.

    A cell that does not parse has none.
    """
    tree = parse_cell(source).tree
    if tree is None:
        return ()
    lines = source.split("\n")  # as the parser counts them
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(line: int, column: int) -> int:
        """Columns count bytes of UTF-8."""
        text = lines[line - 1]
        return starts[line - 1] + (column if text.isascii() else len(text.encode()[:column].decode()))

    found = []
    for position in positions:
        node = tree.body[position]
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        column = 0 if decorators else node.col_offset  # a decorator stands after its `@`
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        found.append((first, place(first, column), place(node.end_lineno, node.end_col_offset)))
    return tuple(found)


def definitions(source: str, positions: Iterable[int]) -> tuple[int, ...]:
    """Those of the statements that only define something: imports, functions, classes."""
    plain = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    tree = parse_cell(source).tree
    return () if tree is None else tuple(p for p in positions if isinstance(tree.body[p], plain))
