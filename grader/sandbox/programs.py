"""Programs as plain values: what a case refers to, written as dicts of one tagged entry.

Both ways that programs travel are built on this: requests to a child, and bundles of public cases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.model import Formula, Input, NumberType, Ref

ATOMS = frozenset({type(None), bool, int, float, str})
Arrays = Callable[[Any], Any]
"""What becomes of an array or a NumPy scalar."""


def tag_references(value: Any, arrays: Arrays) -> Any:
    """``value`` without Ref, Input, Formula and NumberType. TypeError for what programs are not made of."""
    kind = type(value)
    if kind in ATOMS:
        return value
    if isinstance(value, list | tuple):
        items = [tag_references(item, arrays) for item in value]
        return items if isinstance(value, list) else tuple(items)
    if isinstance(value, dict):
        return {key: tag_references(item, arrays) for key, item in value.items()}
    if isinstance(value, Ref):
        return {"$ref": (value.step, value.path)}
    if isinstance(value, Input):
        return {"$input": value.index}
    if isinstance(value, Formula):
        return {"$formula": value.text}
    if isinstance(value, NumberType):
        return {"$type": value.name}
    if isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
        return arrays(value)
    raise TypeError(f"a program cannot hold a value of type {kind.__name__}")


def resolve_tags(value: Any, tags: dict[str, Callable[[Any], Any]]) -> Any:
    """What ``tag_references`` was given; ``tags`` are ``TAGS`` and one's own for arrays."""
    kind = type(value)
    if kind is list:
        return [item if type(item) in ATOMS else resolve_tags(item, tags) for item in value]
    if kind is tuple:
        return tuple([item if type(item) in ATOMS else resolve_tags(item, tags) for item in value])
    if kind is dict:
        if len(value) == 1:
            ((key, inner),) = value.items()
            if key in tags:
                return tags[key](inner)
        return {key: item if type(item) in ATOMS else resolve_tags(item, tags) for key, item in value.items()}
    return value


TAGS: dict[str, Callable[[Any], Any]] = {
    "$ref": lambda inner: Ref(*inner),
    "$input": Input,
    "$formula": Formula,
    "$type": NumberType,
}
