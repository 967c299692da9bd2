"""Expected and actual arrays as aligned text with few digits, the entries that differ marked."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ARRAY = re.compile(r"[\[\]\s,0-9eE+\-.naif]+")
_WORD = re.compile(r"-?\b(?:nan|inf)\b")
_SAME = 1e-5
"""Relative to the largest right entry: evidence is printed with six decimals, so less cannot be seen."""
_LONGEST = 20_000
"""Characters of an array as it is shown: entries may be padded to many times their length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is an entry that differs."""

    text: str
    differs: bool = False


def side_by_side(expected: str, actual: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in as few digits as tell them apart; texts that are not arrays come back as they are."""
    as_they_are = [Piece(expected)], [Piece(actual)]
    if max(len(expected), len(actual)) > _LONGEST:
        return as_they_are
    right, came = _parsed(expected), _parsed(actual)
    if right is None or came is None:
        return as_they_are
    try:
        e, a = list(_numbers(right)), list(_numbers(came))
    except OverflowError:  # a whole number of a thousand digits
        return as_they_are
    comparable = _shape(right) == _shape(came)
    scale = max((abs(v) for v in e if math.isfinite(v)), default=0.0) or 1.0
    wrong = [comparable and not abs(x - y) <= _SAME * scale for x, y in zip(a, e, strict=False)]
    if comparable and not any(wrong):
        wrong = [x != y for x, y in zip(a, e, strict=True)]  # off by less than that, or only by their dtype
    form = _form(e, a, wrong)
    if form is None:
        return as_they_are
    width = max((len(form(v)) for v in [*e, *a]), default=0)
    if width * max(len(e), len(a)) > _LONGEST:
        return as_they_are
    marks = wrong if comparable else [False] * len(a)
    shown = [f"{form(v):>{width}}" for v in e], [f"{form(v):>{width}}" for v in a]
    return (
        list(_pieces(right, iter(shown[0]), iter([False] * len(e)))),
        list(_pieces(came, iter(shown[1]), iter(marks))),
    )


def _parsed(text: str) -> Any:
    """A number or nested lists of numbers; None for any other text."""
    if not _ARRAY.fullmatch(text):
        return None
    try:
        value = ast.literal_eval(_WORD.sub(lambda m: f"'{m[0]}'", text.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, int | float | list) and _shape(value) is not None else None


def _shape(value: Any) -> tuple[int, ...] | None:
    """The shape of nested lists; None for ragged ones."""
    if not isinstance(value, list):
        return () if isinstance(value, int | float | str) else None
    shapes = {_shape(item) for item in value}
    if len(shapes) != 1:
        return None
    (inner,) = shapes
    return None if inner is None else (len(value), *inner)


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list):
        for item in value:
            yield from _numbers(item)
    else:
        yield float(value)


def _form(e: list[float], a: list[float], wrong: list[bool]) -> Any:
    """How to print every entry alike: three digits of the largest, more where a pair would look the same."""
    finite = [abs(v) for v in [*e, *a] if math.isfinite(v)]
    top = max(finite, default=0.0)
    if all(v == int(v) for v in finite) and top < 1e6:
        return lambda v: f"{v:.0f}" if math.isfinite(v) else f"{v}"
    forms = [f".{n}e" for n in (2, 3, 5)]
    if 1e-3 <= top < 1e5:
        digits = max(0, 2 - math.floor(math.log10(top)))
        forms = [f".{n}f" for n in range(digits, max(digits + 1, 7))] + [".10g"]
    pairs = [(x, y) for x, y, differs in zip(e, a, wrong, strict=False) if differs]
    for form in forms:
        if all(f"{x:{form}}" != f"{y:{form}}" for x, y in pairs):
            return lambda v, form=form: f"{v:{form}}"
    return None


def _pieces(value: Any, shown: Iterator[str], marks: Iterator[bool], depth: int = 0) -> Iterator[Piece]:
    """The array as NumPy would print it: one row a line, a blank line between matrices."""
    if not isinstance(value, list):
        yield Piece(next(shown), next(marks))
        return
    yield Piece("[")
    shape = _shape(value) or ()
    for index, item in enumerate(value):
        if index:
            yield Piece(", " if len(shape) == 1 else "," + "\n" * (len(shape) - 1) + " " * (depth + 1))
        yield from _pieces(item, shown, marks, depth + 1)
    yield Piece("]")
