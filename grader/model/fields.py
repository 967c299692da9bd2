"""Fields of a file that was downloaded: each reader gives a value of the type that it says, or a FieldError.

A reader takes a value and where it stands (``cases[3].steps[0].name``), for the message.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import numpy as np

MAX_LINE = 300
"""Characters of a name, a title, a label."""
MAX_PROSE = 64 << 10
"""Characters of a source, or of what is said of a mistake: what the wire allows of any text."""
MAX_ELEMENTS = 8 << 20
"""Elements of an array; an axis of length 0 counts as 1, since a sum over it leaves the others."""

T = TypeVar("T")
Reader = Callable[[Any, str], T]

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_A_LINE = re.compile("[\t\n\r\f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class FieldError(ValueError):
    """A field that is not what it should be; the message says what, and where."""


def refuse(value: Any, where: str, due: str) -> FieldError:
    """The error for a value that is not what is ``due``."""
    atom = value is None or isinstance(value, bool | int | float | str)
    what = f"{value!r:.40}" if atom else f"of type {type(value).__name__}"
    return FieldError(f"{where} should be {due}, and is {what}")


def prose(value: Any, where: str) -> str:
    """Text of several lines."""
    if type(value) is not str or len(value) > MAX_PROSE or _CONTROL.search(value):
        raise refuse(value, where, f"text of at most {MAX_PROSE:,} printable characters")
    return value


def line(value: Any, where: str) -> str:
    """Text of one line, which may be empty."""
    if type(value) is not str or len(value) > MAX_LINE or _CONTROL.search(value) or _NOT_A_LINE.search(value):
        raise refuse(value, where, f"a line of at most {MAX_LINE} printable characters")
    return value


def name(value: Any, where: str) -> str:
    """A line that is not empty."""
    if not line(value, where).strip():
        raise refuse(value, where, "a name")
    return str(value)


def identifier(value: Any, where: str) -> str:
    """A name as Python has them."""
    if not line(value, where).isidentifier():
        raise refuse(value, where, "an identifier")
    return str(value)


def dotted(value: Any, where: str) -> str:
    """``function`` or ``Class.method``."""
    if not all(part.isidentifier() for part in line(value, where).split(".")):
        raise refuse(value, where, "an identifier, or two with a dot between")
    return str(value)


def optional(reader: Reader[str]) -> Reader[str]:
    """What ``reader`` reads, or the empty text."""

    def read(value: Any, where: str) -> str:
        return "" if type(value) is str and not value else reader(value, where)

    return read


def choice(*allowed: str) -> Reader[Any]:
    """One of a few words."""

    def read(value: Any, where: str) -> Any:
        if type(value) is not str or value not in allowed:
            raise refuse(value, where, f"one of {', '.join(allowed)}")
        return value

    return read


def boolean(value: Any, where: str) -> bool:
    """True or False."""
    if type(value) is not bool:
        raise refuse(value, where, "true or false")
    return value


def integer(low: int, high: int) -> Reader[int]:
    """An integer, bounds included."""

    def read(value: Any, where: str) -> int:
        if type(value) is not int or not low <= value <= high:
            raise refuse(value, where, f"an integer from {low} to {high}")
        return value

    return read


def number(low: float, high: float) -> Reader[float]:
    """A finite number, bounds included."""

    def read(value: Any, where: str) -> float:
        if type(value) not in (int, float) or not low <= value <= high:  # NaN is not
            raise refuse(value, where, f"a number from {low:g} to {high:g}")
        return float(value)

    return read


def array(value: Any, where: str) -> Any:
    """An array or a scalar of NumPy, of numbers, small enough to compute with."""
    if not isinstance(value, np.ndarray | np.generic) or value.dtype.kind not in "biuf":
        raise refuse(value, where, "an array of numbers")
    if math.prod(max(1, side) for side in value.shape) > MAX_ELEMENTS:
        raise FieldError(
            f"{where} should have at most {MAX_ELEMENTS:,} elements, and has shape {value.shape}"
        )
    return value


def items(reader: Reader[T], *, least: int = 0) -> Reader[tuple[T, ...]]:
    """A list or a tuple, each of whose items ``reader`` reads."""

    def read(value: Any, where: str) -> tuple[T, ...]:
        if type(value) not in (list, tuple) or len(value) < least:
            raise refuse(value, where, f"a list of {least} or more" if least else "a list")
        return tuple([reader(item, f"{where}[{i}]") for i, item in enumerate(value)])

    return read


def row(value: Any, where: str, length: int) -> tuple[Any, ...]:
    """A list or a tuple of just so many items."""
    if type(value) not in (list, tuple) or len(value) != length:
        raise refuse(value, where, f"a list of {length}")
    return tuple(value)


def entries(key: Reader[str], reader: Reader[T]) -> Reader[dict[str, T]]:
    """A dict, each of whose keys and values are read."""

    def read(value: Any, where: str) -> dict[str, T]:
        if not isinstance(value, Mapping):
            raise refuse(value, where, "a dict")
        return {key(k, f"key of {where}"): reader(item, f"{where}[{k!r:.40}]") for k, item in value.items()}

    return read


def record(value: Any, where: str, names: Collection[str]) -> dict[str, Any]:
    """A dict with just these keys."""
    if type(value) is not dict:
        raise refuse(value, where, "a dict")
    if missing := [key for key in names if key not in value]:
        raise FieldError(f"{where} lacks `{missing[0]}`")
    if extra := [key for key in value if key not in names]:
        raise FieldError(f"{where} has an entry {extra[0]!r:.40} that is not known")
    return value
