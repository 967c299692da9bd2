"""Statements of a cell, each by itself: those that define, and the code that a child runs.

They are compiled here, where the cell was parsed: that touches a great deal of memory, all of which a child
would have to copy first.
"""

from __future__ import annotations
import __future__

import ast
import marshal
import warnings
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from grader.source.cells import parse_cell
from grader.source.slices import describe

_FUTURE = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
"""Compiler flags that ``from __future__`` lines switch on."""

_known: WeakKeyDictionary[ast.Module, dict[tuple[int, str, int], tuple[bytes, int]]] = WeakKeyDictionary()
"""By tree; position, file name and flags: most cells are those of a whole class."""


def compiled(
    source: str, positions: Iterable[int], filename: str, flags: int = 0
) -> tuple[tuple[bytes, ...], int]:
    """The marshalled code of the statements at ``positions`` of a cell, and the compiler flags after them.

    ``flags`` are those after the cell before: in a notebook a future import holds for all that follows. A
    statement that does not compile by itself says so when it is run. A cell that does not parse has none.
    """
    tree = parse_cell(source).tree
    if tree is None:
        return (), flags
    known = _known.setdefault(tree, {})
    found = []
    for position in positions:
        key = position, filename, flags
        if key not in known:
            known[key] = _compiled(tree.body[position], filename, flags)
        code, flags = known[key]
        found.append(code)
    return tuple(found), flags


def definitions(source: str, positions: Iterable[int]) -> tuple[int, ...]:
    """Those of the statements that only define something: imports, functions, classes."""
    tree = parse_cell(source).tree
    return () if tree is None else tuple(p for p in positions if describe(tree)[p].always)


def _compiled(node: ast.stmt, filename: str, flags: int) -> tuple[bytes, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the compiler thinks of a student's line is not our news
            code = compile(ast.Module([node], []), filename, "exec", flags, dont_inherit=True, optimize=0)
            return marshal.dumps(code), flags | (code.co_flags & _FUTURE)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # nested too deeply, say
        text = "\n" * (node.lineno - 1) + f"raise {type(error).__name__}({str(error)!r})"
        return marshal.dumps(compile(text, filename, "exec", dont_inherit=True)), flags
