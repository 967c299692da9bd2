"""Expected and actual arrays as aligned text with few digits, the entries that differ marked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.messages import value_text
from grader.model import Value

_SAME = 1e-5
"""Relative to the largest right entry: what differs by less looks the same in print."""
_LONGEST = 20_000
"""Characters of an array as it is shown: entries may be padded to many times their length."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is an entry that differs."""

    text: str
    differs: bool = False


def side_by_side(expected: Value, actual: Value) -> tuple[list[Piece], list[Piece]]:
    """Both values in as few digits as tell them apart; what is no whole array comes back as it is said."""
    as_they_are = [Piece(value_text(expected))], [Piece(value_text(actual))]
    if not expected.whole or not actual.whole:
        return as_they_are
    e, a = expected.values, actual.values
    comparable = expected.shape == actual.shape
    scale = max((abs(v) for v in e if math.isfinite(v)), default=0.0) or 1.0
    wrong = [comparable and not abs(x - y) <= _SAME * scale for x, y in zip(a, e, strict=False)]
    if comparable and not any(wrong):
        wrong = [x != y for x, y in zip(a, e, strict=True)]  # off by less than that, or only by their dtype
    form = _form(list(e), list(a), wrong)
    if form is None:
        return as_they_are
    numbers = expected.shape == actual.shape == ()  # nothing stands below them
    width = 0 if numbers else max((len(form(v)) for v in [*e, *a]), default=0)
    if width * max(len(e), len(a)) > _LONGEST:
        return as_they_are
    marks = wrong if comparable else [False] * len(a)
    shown = [f"{form(v):>{width}}" for v in e], [f"{form(v):>{width}}" for v in a]
    return (
        list(_pieces(expected.shape, iter(shown[0]), iter([False] * len(e)))),
        list(_pieces(actual.shape, iter(shown[1]), iter(marks))),
    )


def _form(e: list[float], a: list[float], wrong: list[bool]) -> Any:
    """How to print every entry alike: three digits of the largest, more where a pair would look the same."""
    finite = [abs(v) for v in [*e, *a] if math.isfinite(v)]
    top = max(finite, default=0.0)
    if all(v == int(v) for v in finite) and top < 1e6:
        return lambda v: f"{v + 0.0:.0f}" if math.isfinite(v) else f"{v}"  # + 0.0: no one needs to see -0
    forms = [f".{n}e" for n in (2, 3, 5)]
    if 1e-3 <= top < 1e5:
        digits = max(0, 2 - math.floor(math.log10(top)))
        forms = [f".{n}f" for n in range(digits, max(digits + 1, 7))] + [".10g"]
    pairs = [(x, y) for x, y, differs in zip(e, a, wrong, strict=False) if differs]
    for form in forms:
        if all(f"{x:{form}}" != f"{y:{form}}" for x, y in pairs):
            return lambda v, form=form: f"{v:{form}}"
    return None


def _pieces(
    shape: tuple[int, ...], texts: Iterator[str], marks: Iterator[bool], depth: int = 0
) -> Iterator[Piece]:
    """The array as NumPy would print it: one row a line, a blank line between matrices."""
    if not shape:
        yield Piece(next(texts), next(marks))
        return
    yield Piece("[")
    for index in range(shape[0]):
        if index:
            yield Piece(", " if len(shape) == 1 else "," + "\n" * (len(shape) - 1) + " " * (depth + 1))
        yield from _pieces(shape[1:], texts, marks, depth + 1)
    yield Piece("]")
