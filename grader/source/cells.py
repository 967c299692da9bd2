"""The source of one notebook cell → statements: IPython's own lines neither run nor break it."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

MAX_SOURCE = 256 * 1024
"""Bytes of source that are parsed at all: at this size the worst known input takes 0.5 s and 141 MB."""

_MAGIC = re.compile(r"^\s*(%|!|\?)|\?\??\s*$")
_ASSIGNED = re.compile(r"^(\s*[\w, \[\]'\".]+=\s*)[%!].*$")
_CODE_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug"})
_PYTHON2 = re.compile(
    r"""^\s*print\s+["'\w]|^\s*exec\s+["']|^\s*raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:""", re.M
)


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell that is ready to slice. ``source`` has its magics blanked, line numbers kept."""

    source: str
    tree: ast.Module | None
    problem: str = ""


@lru_cache(maxsize=1024)
def parse_cell(source: str) -> ParsedCell:
    """Parse one cell; magics and shell lines are blanked. ``problem`` says why a cell does not parse."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "replace")) > MAX_SOURCE:
        return ParsedCell(text, None, f"the cell is larger than {MAX_SOURCE // 1024} KiB")
    text = _without_cell_magic(text)
    for _ in range(text.count("\n") + 2):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an invalid escape in a student's string is not our news
                tree = ast.parse(text)
                # Some mistakes are seen only here: a repeated argument, a late global, a stray return.
                compile(tree, "<cell>", "exec", dont_inherit=True)
                return ParsedCell(text, tree)
        except SyntaxError as error:
            blanked = _blank_magic(text, error.lineno)
            if blanked is None:
                return ParsedCell(text, None, _syntax_problem(text, error))
            text = blanked
        except (ValueError, MemoryError, RecursionError) as error:
            return ParsedCell(text, None, f"the cell does not parse ({type(error).__name__})")
    return ParsedCell(text, None, "the cell does not parse")


def _without_cell_magic(text: str) -> str:
    """Blank a leading ``%%magic``; unless its body is Python in this kernel, blank the body too."""
    first, newline, rest = text.lstrip().partition("\n")
    if not first.startswith("%%"):
        return text
    padding = text[: len(text) - len(text.lstrip())]
    name = first[2:].split(" ", 1)[0].strip()
    return padding + newline + (rest if name in _CODE_CELL_MAGICS else "\n" * rest.count("\n"))


def _blank_magic(text: str, lineno: int | None) -> str | None:
    """``text`` with the magic at line ``lineno`` made harmless, or None when that line is no magic."""
    lines = text.split("\n")
    # CPython names the line where it gave up: the magic itself, or the block header just above it.
    for index in [i for i in ((lineno or 0) - 1, lineno or 0) if 0 <= i < len(lines)]:
        line = lines[index]
        indent = line[: len(line) - len(line.lstrip())]
        if assigned := _ASSIGNED.match(line):
            lines[index] = assigned[1] + "None"
            return "\n".join(lines)
        if line.strip() and _MAGIC.search(line):
            lines[index] = indent + "pass"
            return "\n".join(lines)
    return None


def _syntax_problem(text: str, error: SyntaxError) -> str:
    where = f"line {error.lineno}" if error.lineno else "this cell"
    if _PYTHON2.search(text):
        return f"{where} is Python 2; this course runs Python 3 (for example, print needs parentheses)"
    return f"{where}: {error.msg}"
