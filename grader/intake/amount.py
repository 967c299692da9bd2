"""How much source code a submission may hold: bounded before it is parsed, since parsing is what costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from grader.intake.bounds import MAX_STATEMENTS, MAX_TREE, MAX_TREE_TOKENS
from grader.source import MAX_SOURCE, MAX_TOKENS, count_tokens, parse_cell

_WHY = "is a data file among it, or a long literal?"


def too_much(cells: Iterable[str], files: Collection[str]) -> str:
    """Why there is more source than is parsed; or nothing. A cell too large alone does not count."""
    small = [text for text in cells if len(text) <= MAX_SOURCE]
    counted = [(text, tokens) for text in small if (tokens := count_tokens(text)) <= MAX_TOKENS]
    sizes = ((_bytes(text for text, _ in counted), MAX_SOURCE), (_bytes(files), MAX_TREE))
    for held, limit in sizes:
        if held > limit:
            return f"it holds {held >> 10} KiB of source code, more than {limit >> 10} KiB; {_WHY}"
    in_cells, in_files = sum(tokens for _, tokens in counted), sum(map(count_tokens, files))
    for held, limit in ((in_cells, MAX_TOKENS), (in_files, MAX_TREE_TOKENS)):
        if held > limit:
            return f"its source code has {held} words, signs and lines, more than {limit}; {_WHY}"
    return ""


def too_many_statements(sources: Iterable[str]) -> str:
    """Why there are more statements than are looked into; empty when there are not."""
    trees = [parse_cell(source).tree for source in sources]
    held = sum(len(tree.body) for tree in trees if tree is not None)
    return f"it has {held} statements, more than {MAX_STATEMENTS}" if held > MAX_STATEMENTS else ""


def _bytes(sources: Iterable[str]) -> int:
    return sum(len(source.encode("utf-8", "replace")) for source in sources)
