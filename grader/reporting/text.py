"""Text from students, made safe to show; numbers, made legible. No format is known here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeGuard

from grader.reporting.invisible_characters import visible

_TICKS = re.compile(r"`([^`\n]+)`")


_LONGEST_LINE = 5000
_LONGEST_NAME = 1000
_NAMES = 50
_WIDEST = 9
"""Characters that one is shown as at most: a code point in brackets."""


def one_line(text: str) -> str:
    """The text on one line, cut if long: every run of white space, line separators included, is one space."""
    return visible(" ".join(shorten(text, _LONGEST_LINE).split()))


def code_spans(text: str) -> list[tuple[str, bool]]:
    """A message cut at its `backticks`: pieces, each with whether it is code."""
    pieces = _TICKS.split(text)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]


def shorten(text: str, limit: int) -> str:
    """The text, cut after ``limit`` characters, with a word on how many are left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… {len(text) - limit} more characters"


def fit(text: str, limit: int) -> str:
    """The text made visible and cut: about ``limit`` characters at most, also where each is shown as nine."""
    shown = visible(shorten(text, limit))
    return shown if len(shown) <= 2 * limit else visible(shorten(text, max(1, 2 * limit // _WIDEST)))


def brief(text: str, limit: int) -> str:
    """The first ``limit`` characters at most; a text that was cut so stays as it is when cut again."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def join_names(names: Iterable[str]) -> str:
    """Names as code, joined as in a sentence: `a`, `b` and `c`."""
    every = list(names)
    quoted = [f"`{brief(name, _LONGEST_NAME)}`" for name in every[:_NAMES]]
    quoted += [f"{len(every) - _NAMES} more"] if len(every) > _NAMES else []
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1] if quoted else ""


def count_of(number: int, one: str, many: str = "") -> str:
    """``1 case``, ``2 cases``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def points(value: float) -> str:
    """Points without a trailing zero: 3, 17.6."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if math.isfinite(value) else str(value)


def figure(value: float) -> str:
    """A measurement in two significant digits: 0.5, 3.1e−8, not finite."""
    if not math.isfinite(value):
        return "not finite"
    if value == 0 or 0.001 <= abs(value) < 10_000:
        return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}".replace("-", "−")


def is_number(value: Any) -> TypeGuard[float]:
    """Whether a value that was read from a report is a number; a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def percent(score: float, max_score: float) -> float:
    """The share of the points, in per cent; 0 where there are none to be had."""
    return 100 * score / max_score if max_score > 0 else 0.0


def median(values: Sequence[float]) -> float:
    """The middle of the values; 0 for none."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return 0.0
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
