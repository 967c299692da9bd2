"""Values as text: what came and what was due."""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.messages.catalogue import ENGLISH
from grader.messages.words import Words
from grader.model import Value


def value_text(value: Value, language: str = ENGLISH) -> str:
    """A value as a few legible lines; of a large array its shape and how it begins."""
    words = Words(language)
    if value.what == "number":
        return f"{value.values[0] + 0.0:.10g}"  # + 0.0: no one needs to see -0
    if value.what == "dict":
        return value.detail
    if value.what != "array":
        return words.what(value.what, value.detail)
    if not value.whole:
        begins = f"[{', '.join(f'{v:.4g}' for v in value.values)}]"
        return words.text("value.large", shape=str(value.shape), begins=begins)
    return rows(value.shape, entries(value.values))


def entries(values: Sequence[float]) -> list[str]:
    """Numbers, all printed alike: with the fewest digits, at most six, that are enough for each."""
    finite = [v for v in values if math.isfinite(v)]
    if all(v == int(v) and abs(v) < 1e15 for v in finite):
        texts = [f"{v + 0.0:.0f}" if math.isfinite(v) else f"{v}" for v in values]
    else:
        largest = max((abs(v) for v in finite), default=0.0)
        smallest = min((abs(v) for v in finite if v), default=0.0)
        plain = largest < 1e5 and smallest >= 1e-4
        texts = [f"{v:.6g}" if plain else f"{v:.6e}" for v in values]
    width = max(map(len, texts), default=0)
    return [f"{text:>{width}}" for text in texts]


def rows(shape: tuple[int, ...], texts: Sequence[str], depth: int = 0) -> str:
    """Entries as NumPy would print them: one row a line, a blank line between matrices."""
    if not shape:
        return texts[0].strip() if texts else ""
    size = math.prod(shape[1:])
    inner = [rows(shape[1:], texts[i * size : (i + 1) * size], depth + 1) for i in range(shape[0])]
    if len(shape) == 1:
        return f"[{', '.join(texts)}]"
    return "[" + ("," + "\n" * (len(shape) - 1) + " " * (depth + 1)).join(inner) + "]"
