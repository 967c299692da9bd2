"""A language's words, as the forms of sentences ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.messages.catalogue import enumeration, fill


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language."""

    language: str

    def text(self, key: str, /, **fields: Any) -> str:
        """A template, filled in. Empty where the language has none."""
        return fill(key, self.language, fields)

    def enumeration(self, items: Iterable[str]) -> str:
        """Some things in a row: a, b and c."""
        return enumeration(items, self.language)

    def what(self, what: str, detail: str) -> str:
        """What a value is, in a few words."""
        return self.text(f"what.{what}", detail=detail) or self.text("what.type", detail=detail or what)

    def cause(self, cause: str, amount: float = 0.0, detail: str = "") -> str:
        """Why something came to its end, as a sentence of its own; empty where nothing is known."""
        return self.text(f"cause.{cause}", amount=number(amount), detail=detail) if cause else ""


def number(value: float, digits: int = 4) -> str:
    """A number with the digits that a reader needs."""
    return f"{value:.{digits}g}"


def times(factor: float) -> str:
    """A factor as it is said: 3, 0.25, 1.234e-05."""
    nearest = round(factor)
    return str(nearest) if nearest and abs(factor - nearest) <= 1e-6 * abs(factor) else number(factor)


def brief(text: str, limit: int = 300) -> str:
    """The beginning of a text that may be ten megabytes long."""
    return text if len(text) <= limit else text[:limit] + " …"
