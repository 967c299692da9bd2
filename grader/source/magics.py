"""A cell's text → Python, as Jupyter reads it: one pass, line numbers kept, before anything is parsed.

A magic counts only where a statement begins, or after the first ``=`` of one. What runs nothing of the
student's own is made harmless:

==========================================  ================
``%magic``, ``!command``, ``?np.sum``       ``pass``
``np.sum?``, ``y = x.mean??``               ``pass``
``files = !ls``, ``t = %timeit f()``        ``files = None``
``/f 1 2``, ``,f a b``, ``;f a b``          ``f(1, 2)``, ``f("a", "b")``, ``f("a b")``
``%%time``, ``%%capture``, …                an empty line; what follows is a cell of its own
``%%bash``, ``%%html``, ``%%writefile`` …   nothing but empty lines
==========================================  ================

IPython's own transformer is the oracle of ``tests/source/test_oracle.py``; it takes quadratic time.
"""

from __future__ import annotations

import keyword
import re

from grader.source.logical_lines import Scan, has_long_dotted_name, scan_to_end, scan_to_equals
from grader.source.prompts import split_blank_head, strip_prompts

MAX_CELL_MAGICS = 20
"""Cell magics on top of each other: each takes a pass over the cell."""

_PYTHON_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun", "debug"})
"""Those whose body is run in this kernel."""

_BLANKS = r"(?:[ \t\f]|\\\n)*+"
_FIRST = re.compile(_BLANKS)
_ESCAPE = re.compile(_BLANKS + r"(?P<escape>[?,;]|[%!](?!=)|/(?![/=]))")
_ASSIGNED_MAGIC = re.compile(
    rf"{_BLANKS}(?P<escape>!(?!=)|%(?={_BLANKS}[^\W\d])(?!{_BLANKS}[bBfFrRtTuU]{{1,2}}['\"]))"
)
_CANDIDATE = re.compile(r"^[ \t\f]*+[?,;!%/]|\?$|=(?:[ \t\f]|\\\n)*+[!%]", re.M)
"""What any line magic has; without it a cell is Python as it is."""
_HELP_OF_CELL_MAGIC = re.compile(r"%%\w+\?")
_INDEX = re.compile(r"-?[0-9]+")
_BLANK_LINES = re.compile(r"(?:[ \t\f]*+(?:\#[^\n]*+)?+\n)++")
"""Blank lines and comments."""
_MAGIC_LINE = re.compile(r"(?:[^\\\n]++|\\\n?)*+")
"""A magic's line, with those that a backslash adds to it."""

_Change = tuple[int, str, int]
"""A part of the text and what stands for it: where it begins, its stand-in, where it ends."""


def to_python(text: str) -> str:
    """The Python that Jupyter runs for a cell. ``text``: lines end in ``\\n``.

    Raises DottedError, and ValueError where more than MAX_CELL_MAGICS are on top of each other.
    """
    heads: list[str] = []
    for _ in range(MAX_CELL_MAGICS):
        head, body = split_blank_head(text)
        body = strip_prompts(body)
        heads.append(head)
        if not body.startswith("%%") or _HELP_OF_CELL_MAGIC.match(body):
            return "".join(heads) + _blank_lines(body)
        first, newline, text = body.partition("\n")
        name, _, arguments = first[2:].rstrip().partition(" ")
        if name not in _PYTHON_CELL_MAGICS:
            return "".join(heads) + "\n" * body.count("\n")
        heads.append((_capture_target(arguments) if name == "capture" else "") + newline)
    raise ValueError(f"more than {MAX_CELL_MAGICS} cell magics")


def _capture_target(arguments: str) -> str:
    """``%%capture name`` binds the name."""
    names = [word for word in arguments.split() if not word.startswith("-")]
    if len(names) != 1 or not names[0].isidentifier() or keyword.iskeyword(names[0]):
        return ""
    return f"{names[0]} = None"


def _blank_lines(text: str) -> str:
    """The text with its line magics made harmless."""
    if not _CANDIDATE.search(text) and not has_long_dotted_name(text):
        return text
    parts: list[str] = []
    copied = place = 0
    while place < len(text):
        if nothing := _BLANK_LINES.match(text, place):
            place = nothing.end()
        end, change = _read_line(text, place)
        if change is not None:
            start, stand_in, end = change
            parts += text[copied:start], stand_in, "\n" * text.count("\n", start, end)
            copied = end
        place = end + 1
    return "".join([*parts, text[copied:]])


def _read_line(text: str, start: int) -> tuple[int, _Change | None]:
    """Where the logical line that begins at ``start`` ends, and what is to be changed in it."""
    escape = _ESCAPE.match(text, start)
    change = _replace_escape(text, escape) if escape else None
    if change is not None:
        return change[2], change
    line = scan_to_equals(text, start)
    if line.complete and text.startswith("=", line.end):
        change = _replace_assigned_magic(text, start, line.end)
        if change is not None:
            return change[2], change
        line = scan_to_end(text, line.end + 1, len(text))
    if _ends_in_help(text, start, line):
        return line.end, (_first(text, start), "pass", line.end)
    return line.end, None


def _replace_escape(text: str, escape: re.Match[str]) -> _Change | None:
    """A line that begins with an escape; None where IPython makes nothing of it."""
    start = escape.start("escape")
    end = _end_of_magic(text, start)
    if escape["escape"] in "?%!" or _ends_in_help(text, start, scan_to_end(text, start + 1, end)):
        return start, "pass", end
    call = _call(escape["escape"], text[start + 1 : end])
    again = _ESCAPE.match(call)
    if again and again["escape"] in "?%!":  # `/%f x` is `%f(x)`
        call = "pass"
    return (start, call, end) if call else None


def _call(escape: str, text: str) -> str:
    """The call that a line of ``/``, ``,`` or ``;`` means. Its text may be no Python."""
    *joined, last = text.split("\n")
    line = " ".join([*(part.rstrip()[:-1] for part in joined), last.rstrip()])
    function, _, rest = line.partition(" ")
    match escape:
        case "/":
            return f"{function}({', '.join(rest.split())})" if function else ""
        case ",":
            rest = '", "'.join(rest.split())
    return f'{function}("{rest}")'


def _replace_assigned_magic(text: str, start: int, equals: int) -> _Change | None:
    """A magic after the first ``=`` of the line that begins at ``start``; None where none is."""
    magic = _ASSIGNED_MAGIC.match(text, equals + 1)
    if magic is None:
        return None
    if magic["escape"] == "!" and not text[text.rfind("\n", 0, equals) + 1 : equals].strip():
        return None  # IPython wants the target and the `=` of a command on one line
    end = _end_of_magic(text, magic.start("escape"))
    if _ends_in_help(text, start, scan_to_end(text, equals + 1, end)):
        return _first(text, start), "pass", end
    return magic.start("escape"), "None", end


def _ends_in_help(text: str, start: int, line: Scan) -> bool:
    """Whether the line that begins at ``start`` ends in ``name?``: IPython then runs nothing else of it."""
    at = line.end - 1
    if not line.complete or at < max(start, line.opaque) or text[at] != "?":
        return False
    if at > start and text[at - 1] == "?":
        at -= 1
    while at > start and text[at - 1] == "]":
        bracket = text.rfind("[", start, at)
        if bracket < 0 or not _INDEX.fullmatch(text, bracket + 1, at - 1):
            return False
        at = bracket
    while at > start and (text[at - 1].isalnum() or text[at - 1] in "_*"):
        at -= 1
        if not text[at].isdecimal():
            return True
    return False


def _first(text: str, start: int) -> int:
    """Where the first word of the line that begins at ``start`` stands."""
    first = _FIRST.match(text, start)
    return first.end() if first else start


def _end_of_magic(text: str, place: int) -> int:
    """Where a magic's line ends."""
    rest = _MAGIC_LINE.match(text, place)
    return rest.end() if rest else place
