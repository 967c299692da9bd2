"""Statements of a cell, each by itself: which of them define, their text, and the code of one text.

The grader cuts a student's cell into texts and never compiles one: compiling is what a few hundred bytes can
make arbitrarily dear. A child compiles what it runs, within its own limits (docs/decisions/0017).
"""

from __future__ import annotations
import __future__

import ast
import marshal
import types
import warnings
from collections.abc import Iterable
from functools import lru_cache

from grader.source.cells import parse_cell
from grader.source.slices import describe

_FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
"""Compiler flags that ``from __future__`` lines switch on."""

Text = tuple[int, str]
"""A statement's source and the number of its first line in the cell."""


def texts(source: str, positions: Iterable[int]) -> tuple[Text, ...]:
    """Cut the statements at ``positions`` out of a cell. A cell that does not parse has none."""
    tree = parse_cell(source).tree
    if tree is None:
        return ()
    lines = parse_cell(source).source.split("\n")
    return tuple([_cut(lines, tree.body, position) for position in positions])


def definitions(source: str, positions: Iterable[int]) -> tuple[int, ...]:
    """Those of the statements that only define something: imports, functions, classes."""
    tree = parse_cell(source).tree
    return () if tree is None else tuple(p for p in positions if describe(tree)[p].always)


def compile_statement(text: Text, filename: str, flags: int = 0) -> tuple[types.CodeType, int]:
    """Compile one statement; the compiler flags that hold after it. For the child alone.

    ``flags`` are those after the statement before: in a notebook a future import holds for all that follows.
    Raises what the compiler raises, with lines counted as in the cell.
    """
    line, source = text
    code = compile("\n" * (line - 1) + source, filename, "exec", flags, dont_inherit=True, optimize=0)
    return code, flags | (code.co_flags & _FUTURE)


@lru_cache(maxsize=256)
def compiled_given(source: str, positions: tuple[int, ...], filename: str) -> tuple[bytes, ...]:
    """The marshalled code of statements that the instructor wrote: the same for a whole class, made once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tuple(
            [marshal.dumps(compile_statement(text, filename)[0]) for text in texts(source, positions)]
        )


def _cut(lines: list[str], body: list[ast.stmt], position: int) -> Text:
    """The text from a statement's first character to its last; columns are counted in bytes of UTF-8."""
    node = body[position]
    first, start = node.lineno, node.col_offset
    last, end = node.end_lineno or first, node.end_col_offset
    if getattr(node, "decorator_list", None):  # it begins above its own line: right after what is before it
        first, start = (body[position - 1].end_lineno or 0) + 1 if position else 1, 0
    text = lines[first - 1 : last]
    text[-1] = text[-1].encode()[:end].decode()
    text[0] = text[0].encode()[start:].decode()
    return first, "\n".join(text)
