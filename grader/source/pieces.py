"""A file that does not parse, without the statements that are wrong: the others count.

A notebook's cell is all or nothing in Jupyter; a file by itself, or one that a notebook imports, often has a
part that no answer needs: an exercise in Python 2, an answer that was begun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from grader.source.cells import ParsedCell, count_tokens, parse_cell

MAX_LEFT_OUT = 60
"""Statements that are left out of one file."""
_MAX_TOKENS = 400_000
"""Tokens that are parsed for it, again and again."""
_BEGINS = re.compile(r"(?!(?:else|elif|except|finally|case)\b)[^\W\d]|[@'\"]")
"""A line that a top-level statement begins with."""
_TRIPLE = re.compile(r"(?<!\\)(?:\"\"\"|''')")
_LINE = re.compile(r"line (\d+)")


class LeftOutText(NamedTuple):
    """A statement that is left out."""

    line: int
    problem: str
    source: str


class Pieces(NamedTuple):
    """A file that is parsed as far as it goes."""

    parsed: ParsedCell
    """The whole of it but for what is left out, which is blank lines here."""
    left_out: tuple[LeftOutText, ...] = ()


def parse_module(source: str) -> ParsedCell:
    """Parse a module that is imported; ``problem`` is that of the whole, whatever can be kept of it.

    Magics are blanked here too: it may be an exported notebook.
    """
    parsed, left_out = parse_in_pieces(source)
    problem = left_out[0].problem if left_out else _problem(parsed)
    tree = (
        parsed.tree if not _problem(parsed) and (not left_out or (parsed.tree and parsed.tree.body)) else None
    )
    return ParsedCell(parsed.source, tree, problem, problem) if problem else parsed


@lru_cache(maxsize=64)
def parse_in_pieces(source: str) -> Pieces:
    """Parse a file, and leave out what does not parse; where too much does not, all of it."""
    whole = parse_cell(source)
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    rounds = min(MAX_LEFT_OUT, _MAX_TOKENS // max(1, count_tokens(text)))
    parsed, left_out = whole, list[LeftOutText]()
    while (problem := _problem(parsed)) and len(left_out) < rounds:
        named = _LINE.findall(problem)
        lines = text.split("\n")
        # "expected an indented block after 'for' statement on line 3": the last line that is named
        line = min(int(named[-1]), len(lines)) if named else 0
        first, last = _statement(lines, line)
        if not any(lines[first - 1 : last]):
            return Pieces(whole)
        left_out.append(LeftOutText(first, problem, "\n".join(lines[first - 1 : last])))
        lines[first - 1 : last] = [""] * (last + 1 - first)
        text = "\n".join(lines)
        parsed = parse_cell(text)
    return Pieces(whole) if _problem(parsed) else Pieces(parsed, tuple(left_out))


def _problem(parsed: ParsedCell) -> str:
    return parsed.module_problem or parsed.problem


def _statement(lines: Sequence[str], wanted: int) -> tuple[int, int]:
    """The first and the last line of the top-level statement that a line stands in."""
    first, inside, decorated = 1, False, False
    for number, line in enumerate(lines, start=1):
        if not inside and _BEGINS.match(line):
            if number > wanted and not decorated:
                return first, number - 1
            if not decorated:
                first = number
            decorated = line.startswith("@")
        if len(_TRIPLE.findall(line)) % 2:
            inside = not inside
    return first, len(lines)
