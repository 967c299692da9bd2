"""Logical lines of Python text: where each ends, past strings, f-strings, brackets and joined lines.

Text that is no Python is read too, and in linear time: every repetition is possessive, and no two
alternatives begin with the same character, longer quotes apart, so that each character is looked at a bounded
number of times. A string without an end goes on to the end of its line, or of the text if its quotes are
three.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MAX_DOTTED = 100
"""Parts of a dotted name: the parser joins those of an import one by one, 4 GB for 99,000 of them."""

_STRINGS = r'''
      """(?:[^\\"]++|\\.?|"(?!""))*+(?:""")?
    | \'\'\'(?:[^\\']++|\\.?|'(?!\'\'))*+(?:\'\'\')?
    | "(?:[^\\"\n]++|\\.?)*+"?
    | '(?:[^\\'\n]++|\\.?)*+'?
    '''
_DOTTED = r"(?:\.(?:[ \t\f]|\\\n)*+[^\x00-/:-@\[-^`{-\x7f]++(?:[ \t\f]|\\\n)*+)++"
_PIECES = rf"""
      (?P<prefixed>(?<=[fFtTrR])(?:\"\"\"|\'\'\'|"|'))
    | (?P<opaque>{_STRINGS}|\#[^\n]*+|\\[^\n]++|\\\Z)
    | \\\n
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<line>\n)
    | (?P<dotted>{_DOTTED})
    """
_DOTTED_NAME = re.compile(_DOTTED)
_STRING = re.compile(_STRINGS, re.X | re.S)
_CODE = re.compile(_PIECES, re.X | re.S)
_FIELD = re.compile(_PIECES + "| (?P<colon>:)", re.X | re.S)
_TO_EQUALS = re.compile(_PIECES + "| [-+*/%@&|^=!<>:]= | (?P<equals>=)", re.X | re.S)
_FSTRING_PREFIXES = frozenset({"f", "fr", "rf", "t", "tr", "rt"})


class DottedError(ValueError):
    """A dotted name has more than MAX_DOTTED parts. ``line``: where it begins."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}: a dotted name of more than {MAX_DOTTED} parts")


class Scan(NamedTuple):
    """How far a logical line was read."""

    end: int
    """The place of its newline, of the first ``=`` outside brackets, or where reading had to stop."""
    opaque: int
    """Where its last string or comment ends."""
    complete: bool
    """No bracket and no string is open at ``end``."""


class _Text(NamedTuple):
    """The text of an f-string around its fields; ``spec``: that of a field's format specification."""

    quotes: str
    spec: bool


_BRACKET, _REPLACEMENT = "bracket", "field"
_Open = list[_Text | str]
"""What is open at a place, innermost last."""


def has_long_dotted_name(text: str) -> bool:
    """Whether there may be a dotted name of more than MAX_DOTTED parts, strings and comments included."""
    return text.count(".") >= MAX_DOTTED and any(
        name[0].count(".") >= MAX_DOTTED for name in _DOTTED_NAME.finditer(text)
    )


def scan_to_equals(text: str, place: int) -> Scan:
    """Read a logical line up to its first ``=`` outside brackets, or to its end. Raises DottedError."""
    return _scan(text, place, len(text), _TO_EQUALS)


def scan_to_end(text: str, place: int, stop: int) -> Scan:
    """Read the rest of a logical line, no further than ``stop``. Raises DottedError."""
    return _scan(text, place, stop, _CODE)


def _scan(text: str, place: int, stop: int, pattern: re.Pattern[str]) -> Scan:
    inside: _Open = []
    opaque = place
    while True:
        innermost = inside[-1] if inside else None
        if isinstance(innermost, _Text):
            place = opaque = _scan_text(text, place, stop, inside, innermost)
            if place >= stop:
                return Scan(stop, stop, complete=False)
            continue
        pieces = _FIELD if innermost is _REPLACEMENT else pattern
        piece = pieces.search(text, place, stop)
        if piece is None:
            return Scan(stop, opaque, complete=not inside)
        place = piece.end()
        match piece.lastgroup:
            case "opaque":
                opaque = place
            case "prefixed":
                place = opaque = _open_string(text, piece, stop, inside)
            case "open":
                inside.append(_BRACKET)
            case "close" if innermost is _BRACKET or (innermost and piece[0] == "}"):
                inside.pop()
            case "colon" if isinstance(around := inside[-2], _Text):
                inside.append(_Text(around.quotes, spec=True))
            case "line" | "equals" if not inside:
                return Scan(piece.start(), opaque, complete=True)
            case "dotted" if piece[0].count(".") >= MAX_DOTTED:
                raise DottedError(text.count("\n", 0, piece.start()) + 1)


def _open_string(text: str, quotes: re.Match[str], stop: int, inside: _Open) -> int:
    """Where reading goes on after quotes that an ``f``, ``t`` or ``r`` stands before."""
    place = start = quotes.start()
    while start and place - start < 3 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    if text[start:place].lower() in _FSTRING_PREFIXES:
        inside.append(_Text(quotes[0], spec=False))
        return quotes.end()
    string = _STRING.match(text, place, stop)
    return string.end() if string else quotes.end()


@cache
def _text_pattern(quotes: str, spec: bool) -> re.Pattern[str]:
    """What an f-string holds up to its next brace or its end. ``\\N{NAME}`` and ``{{`` are no fields."""
    quote = quotes[0]
    plain = rf"[^\\{{}}{quote}]++" if len(quotes) == 3 else rf"[^\\{{}}{quote}\n]++"
    single = rf"|{quote}(?!{quote * 2})" if len(quotes) == 3 else ""
    doubled = "" if spec else r"|\{\{|\}\}"
    return re.compile(rf"(?:{plain}|\\(?:N\{{[\w -]*+\}}|[^{{}}])?{doubled}{single})*+", re.S)


def _scan_text(text: str, place: int, stop: int, inside: _Open, innermost: _Text) -> int:
    """Read an f-string's text up to the next field, or to its end; ``inside`` is brought up to date."""
    quotes, spec = innermost
    match = _text_pattern(quotes, spec).match(text, place, stop)
    place = match.end() if match else place
    if place >= stop:
        return stop
    if text[place] == "{":
        inside.append(_REPLACEMENT)
    elif text[place] == "}":
        if spec:
            del inside[-2:]  # the specification and its field
    else:  # its quotes, or the end of the line where it had to be closed
        while isinstance(outer := inside.pop(), str) or outer.spec:
            pass
        return place + len(quotes) if text[place] == quotes[0] else place
    return place + 1
