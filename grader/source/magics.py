"""IPython's own lines in a cell's source, made harmless: one pass, before anything is parsed.

A line counts only where a statement can begin: not inside a string, a bracket or a continued line. Line
numbers are kept.

======================================  ===========
``%magic``, ``!command``, ``?np.sum``   ``pass``
``np.sum?``, ``np.sum??``               ``pass``
``files = !ls``, ``t = %timeit f()``    ``files = None``
======================================  ===========

Whatever else ends in ``?`` is no magic: it is the syntax error that Jupyter shows.
"""

from __future__ import annotations

import re

MAX_DOTTED = 100
"""Parts of a dotted name: the parser joins those of an import one by one, 4 GB for 99,000 of them."""

_CODE_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug"})

# Every repetition is possessive, and no two alternatives begin with the same character, longer quotes apart:
# so each character is looked at a bounded number of times, in any text. A string without an end goes on to
# the end of its line, or of the text if it has three quotes.
_PIECE = re.compile(
    r'''
      """(?:[^\\"]++|\\.?|"(?!""))*+(?:""")?
    | \'\'\'(?:[^\\']++|\\.?|'(?!\'\'))*+(?:\'\'\')?
    | "(?:[^\\"\n]++|\\.?)*+"?
    | '(?:[^\\'\n]++|\\.?)*+'?
    | \#[^\n]*+
    | \\\n?
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<line>\n)
    | (?P<dotted>(?:\.(?:[ \t\f]|\\\n)*+[^\x00-/:-@\[-^`{-\x7f]++(?:[ \t\f]|\\\n)*+)++)
    ''',
    re.X | re.S,
)
_MAGIC = re.compile(r"([ \t\f]*+)[%!?]")
_ASSIGNED = re.compile(r"((?:(?:[\w., \t*]|\[[^\]\n=]*+\])++=(?!=)[ \t]*+)++)[%!]")
_HELP = re.compile(r"([ \t\f]*+)[^\W\d][\w.*]*+\?\??[ \t\f]*+(?=\n|\Z)")
_REST = re.compile(r"(?:[^\\\n]++|\\\n?)*+")
"""A magic's line, with those that a backslash adds to it."""


class DottedError(ValueError):
    """A dotted name has more than MAX_DOTTED parts. ``line``: where it begins."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}: a dotted name of more than {MAX_DOTTED} parts")


def blank_magics(text: str) -> str:
    """``text`` (lines end in ``\\n``) with its magics made harmless. Raises DottedError."""
    text = _blank_cell_magic(text)
    lines: list[str] = []
    copied = depth = 0
    place = begin = 0
    while True:
        if begin == place and not depth:  # a statement may begin here
            stand_in = _stand_in(text, place)
            if stand_in is not None:
                end = _rest(text, place)
                lines += text[copied:place], stand_in, "\n" * text.count("\n", place, end)
                copied = place = end
        piece = _PIECE.search(text, place)
        if piece is None:
            return "".join([*lines, text[copied:]])
        place = piece.end()
        match piece.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "line":
                begin = place
            case "dotted" if piece[0].count(".") >= MAX_DOTTED:
                raise DottedError(text.count("\n", 0, piece.start()) + 1)


def _stand_in(text: str, place: int) -> str | None:
    """What stands for the magic that begins at ``place``; None when the line is none."""
    if magic := _MAGIC.match(text, place) or _HELP.match(text, place):
        return f"{magic[1]}pass"
    assigned = _ASSIGNED.match(text, place)
    return f"{assigned[1]}None" if assigned else None


def _rest(text: str, place: int) -> int:
    rest = _REST.match(text, place)
    return rest.end() if rest else place


def _blank_cell_magic(text: str) -> str:
    """Blank a leading ``%%magic``; unless its body is Python in this kernel, blank the body too."""
    first, newline, rest = text.lstrip().partition("\n")
    if not first.startswith("%%"):
        return text
    padding = text[: len(text) - len(text.lstrip())]
    words = first[2:].split(maxsplit=1)
    is_python = bool(words) and words[0] in _CODE_CELL_MAGICS
    return padding + newline + (rest if is_python else "\n" * rest.count("\n"))
