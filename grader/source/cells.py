"""The source of one notebook cell → statements: IPython's own lines neither run nor break it."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

MAX_SOURCE = 256 * 1024
"""Bytes of source that are parsed at all."""
MAX_TOKENS = 100_000
"""Tokens of source that are parsed at all, since a tree's size follows them: 1.3 KB each at the worst."""
_MAX_SCOPES = 2_000
"""Functions, classes and comprehensions: compiling 19,000 classes of one line each takes 17 s."""
_MAX_HELD = 4 * MAX_TOKENS
"""Tokens of all the trees that are kept for the next time; an ordinary submission has 15,000."""
_MAX_REPARSED = 1 << 20
"""Bytes that are parsed again, after a magic was blanked, before a cell is given up."""

_TOKEN = re.compile(r"[\w.]+|[^\w\s]|\n")
_SCOPE = re.compile(r"\b(?:def|class|lambda|for)\b")
# Blanks before a magic are written `[ \t]`, and nothing may follow them that is a blank as well: a student's
# 100,000 blanks must not be tried in every division.
_MAGIC = re.compile(r"^[ \t]*(%|!|\?)|\?\??\s*$")
_SHELL = re.compile(r"^[ \t]*[%!]")
_ASSIGNED = re.compile(r"^([ \t]*[\w\[\]'\".][\w, \[\]'\".]*=[ \t]*)[%!]")
_CODE_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug"})
_PYTHON2 = re.compile(
    r"""^[ \t]*print[ \t]+["'\w]|^[ \t]*exec[ \t]+["']|^[ \t]*raise[ \t]+\w+[ \t]*,"""
    r"""|except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:""",
    re.M,
)


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell that is ready to slice. ``source`` has its magics blanked, line numbers kept."""

    source: str
    tree: ast.Module | None
    problem: str = ""


def count_tokens(source: str) -> int:
    """About how many tokens a source has, its comments and strings included; cheap, and never parsed."""
    return sum(1 for _ in _TOKEN.finditer(source))


_held: dict[str, ParsedCell] = {}
_held_tokens = 0


def parse_cell(source: str) -> ParsedCell:
    """Parse one cell; magics and shell lines are blanked. ``problem`` says why a cell does not parse."""
    global _held_tokens
    found = _held.get(source)
    if found is None:
        tokens = min(count_tokens(source), MAX_TOKENS)
        if _held_tokens + tokens > _MAX_HELD:
            _held.clear()
            _held_tokens = 0
        found = _held[source] = _parse(source)
        _held_tokens += tokens
    return found


def _parse(source: str) -> ParsedCell:
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_SOURCE:
        return ParsedCell(text, None, f"the cell is larger than {MAX_SOURCE // 1024} KiB")
    if len(text) > MAX_TOKENS and count_tokens(text) > MAX_TOKENS:
        return ParsedCell(text, None, f"the cell has more than {MAX_TOKENS} words, signs and lines")
    if len(_SCOPE.findall(text)) > _MAX_SCOPES:
        return ParsedCell(text, None, f"the cell has more than {_MAX_SCOPES} functions, classes and loops")
    text = _without_cell_magic(text)
    for _ in range(max(8, min(200, _MAX_REPARSED // (size + 1)))):
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
    return ParsedCell(text, None, "too many of its lines are magics, or no Python")


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
            # Where one statement is a magic, the lines below it that look like one are so too: a hundred
            # of them are not a hundred parses.
            while (index := index + 1) < len(lines) and _SHELL.match(lines[index]):
                lines[index] = lines[index][: len(lines[index]) - len(lines[index].lstrip())] + "pass"
            return "\n".join(lines)
    return None


def _syntax_problem(text: str, error: SyntaxError) -> str:
    where = f"line {error.lineno}" if error.lineno else "this cell"
    if _PYTHON2.search(text):
        return f"{where} is Python 2; this course runs Python 3 (for example, print needs parentheses)"
    return f"{where}: {error.msg}"
