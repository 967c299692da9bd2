"""How much source code a submission may hold: bounded before it is parsed, since parsing is what costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from grader.intake.bounds import MAX_STATEMENTS, MAX_TREE, MAX_TREE_TOKENS
from grader.model.reasons import TooMuchSource
from grader.source import MAX_SOURCE, MAX_TOKENS, count_tokens, parse_cell


def too_much(cells: Iterable[str], files: Collection[str]) -> TooMuchSource | None:
    """How there is more source than is parsed, or None. A cell too large alone does not count."""
    small = [text for text in cells if len(text) <= MAX_SOURCE]
    counted = [(text, tokens) for text in small if (tokens := count_tokens(text)) <= MAX_TOKENS]
    sizes = ((_bytes(text for text, _ in counted), MAX_SOURCE), (_bytes(files), MAX_TREE))
    for amount, limit in sizes:
        if amount > limit:
            return TooMuchSource("KiB", amount >> 10, limit >> 10)
    in_cells, in_files = sum(tokens for _, tokens in counted), sum(map(count_tokens, files))
    for amount, limit in ((in_cells, MAX_TOKENS), (in_files, MAX_TREE_TOKENS)):
        if amount > limit:
            return TooMuchSource("tokens", amount, limit)
    return None


def too_many_statements(sources: Iterable[str]) -> TooMuchSource | None:
    """How there are more statements than are looked into; None where there are not."""
    trees = [parse_cell(source).tree for source in sources]
    amount = sum(len(tree.body) for tree in trees if tree is not None)
    return TooMuchSource("statements", amount, MAX_STATEMENTS) if amount > MAX_STATEMENTS else None


def _bytes(sources: Iterable[str]) -> int:
    return sum(len(source.encode("utf-8", "replace")) for source in sources)
