"""Statements of a cell, each by itself: which of them define, their text, and the code of one text.

The grader cuts a student's cell into texts and never compiles one: compiling is what a few hundred bytes can
make arbitrarily dear. A child compiles what it runs, within its own limits (docs/decisions/0017).
"""

from __future__ import annotations
import __future__

import ast
import inspect
import marshal
import types
import warnings
from collections.abc import Coroutine, Iterable
from functools import lru_cache
from typing import Any

from grader.source.cells import Text, cut_statement, parse_cell
from grader.source.slices import describe

_ANNOTATIONS: int = __future__.annotations.compiler_flag
_FUTURE: int = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
_FUTURE -= _ANNOTATIONS
"""Compiler flags that ``from __future__`` lines switch on; that of annotations always is."""


def texts(source: str, positions: Iterable[int]) -> tuple[Text, ...]:
    """Cut the statements at ``positions`` out of a cell. A cell that does not parse has none."""
    tree = parse_cell(source).tree
    if tree is None:
        return ()
    lines = parse_cell(source).source.encode().split(b"\n")
    return tuple([cut_statement(lines, tree.body, position) for position in positions])


def definitions(source: str, positions: Iterable[int]) -> tuple[int, ...]:
    """Those of the statements that only define something: imports, functions, classes."""
    tree = parse_cell(source).tree
    return () if tree is None else tuple(p for p in positions if describe(tree)[p].always)


def compile_statement(text: Text, filename: str, flags: int = 0) -> tuple[types.CodeType, int]:
    """Compile one statement as Jupyter does; the compiler flags that hold after it. For the child alone.

    ``flags`` are those after the statement before: in a notebook a future import holds for all that follows,
    other cells included. ``await`` may stand at the top level: ``execute`` knows what to do with it.
    Annotations are kept as text and never evaluated: a hint may name what is not there.
    Raises what the compiler raises, with lines counted as in the cell.
    """
    line, source = text
    options = flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | _ANNOTATIONS
    code = compile("\n" * (line - 1) + source, filename, "exec", options, dont_inherit=True, optimize=0)
    return code, flags | future_flags(code)


def future_flags(code: types.CodeType) -> int:
    """The compiler flags that hold after ``code``, as far as its own future imports go."""
    return code.co_flags & _FUTURE


def execute(code: types.CodeType, namespace: dict[str, Any]) -> None:
    """Run a compiled statement. There is no event loop: what it awaits must be done at once, or in turns."""
    if not code.co_flags & inspect.CO_COROUTINE:
        exec(code, namespace)
        return
    statement: Coroutine[Any, Any, Any] = eval(code, namespace)
    try:
        while statement.send(None) is None:  # `asyncio.sleep(0)` lets others have their turn: here is none
            pass
    except StopIteration:
        return
    finally:
        statement.close()
    raise RuntimeError("`await` waits for an event loop, and there is none here")


@lru_cache(maxsize=256)
def compile_chunk(
    source: str, positions: tuple[int, ...], filename: str, flags: int = 0
) -> tuple[tuple[bytes, ...], int]:
    """The marshalled code of statements that the instructor wrote, and the flags that hold after them.

    It is the same for a whole class, and made once.
    """
    codes: list[bytes] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in texts(source, positions):
            code, flags = compile_statement(text, filename, flags)
            codes.append(marshal.dumps(code))
    return tuple(codes), flags
