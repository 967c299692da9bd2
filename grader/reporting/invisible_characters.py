"""What cannot be seen, made visible: so that what is shown is what was written, in the order it was written.

An escape sequence could colour a terminal, a bidi control turn a line of code around, a tag character carry
a message, a letter with a hundred accents cover the line above. Newline and tab stay, and so do the joiners
that scripts and emoji are written with, between the characters that they join.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = 4
"""Combining marks on one letter: no script stacks more."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_ORDER = "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
_NO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_CONTROLS}{_ORDER}{_NO_WIDTH}]")
_STACK = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS + 1},}}")  # marks are among what is no letter and not ASCII
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")


def visible(text: str) -> str:
    """The text with a sign or a code point for each character that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    shown = _INVISIBLE.sub(_placeholder, text.replace("\r\n", "\n"))
    return _STACK.sub(_limit_marks, shown)


def _placeholder(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if code == 0x0D:
        return "\n"  # a progress bar's carriage return: what it overwrites is shown too
    if code < 0x20:
        return chr(0x2400 + code)  # ␛ and its like: the control characters' own pictures
    if code == 0x7F:
        return "␡"
    if character in _JOINERS and _joins(match.string, match.start()):
        return character
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code == 0xFFFD else f"⟨U+{code:04X}⟩"


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands where it is needed: after an emoji, or within a word that is not Latin."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if text[at] in "\ufe0e\ufe0f":
        return unicodedata.category(before or " ") in ("So", "Sm", "Sk", "Po") or before in "0123456789#*↔"
    pictures = before == "\ufe0f" or unicodedata.category(before or " ") in ("So", "Sk")
    if pictures:
        return unicodedata.category(after or " ") == "So"
    return min(before, after) >= "\u0600" and all(unicodedata.category(c)[0] in "LM" for c in before + after)


def _limit_marks(match: re.Match[str]) -> str:
    """The run with at most ``MARKS`` combining marks on a letter, and a word on the rest."""
    out: list[str] = []
    stacked = 0
    for character in [*match[0], ""]:
        if character and unicodedata.category(character) in ("Mn", "Me"):
            stacked += 1
            if stacked > MARKS:
                continue
        else:
            out += [f"⟨{stacked - MARKS} more marks⟩"] if stacked > MARKS else []
            stacked = 0
        out.append(character)
    return "".join(out)
