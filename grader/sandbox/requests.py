"""What the grader asks of a child: programs and sources, as bytes that C code reads.

Only this way round. A child trusts the grader, so ``marshal`` may be its reader, faster than any of our own;
answers come back over ``wire``, which trusts nobody. Both ends are the same interpreter.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.sandbox.programs import TAGS, resolve_tags, tag_references


def encode_request(kind: str, value: Any = None, packed: bytes = b"") -> bytes:
    """A request, beside a packed program or load. TypeError for a value that programs are not made of."""
    return marshal.dumps((kind, tag_references(value, _pack_array), packed))


def decode_request(data: bytes | bytearray) -> tuple[str, Any, bytes]:
    """(kind, value, packed) of a request, in the child. Arrays are read-only: whoever uses one copies it."""
    kind, value, packed = marshal.loads(data)
    return kind, resolve_tags(value, _TAGS), packed


def pack_arrays(arrays: Sequence[Any]) -> tuple[Any, ...]:
    """Arrays as plain values. TypeError for arrays of objects."""
    return tuple([_pack(np.asarray(array)) for array in arrays])


def unpack_arrays(packed: Sequence[Any]) -> tuple[Any, ...]:
    """What ``pack_arrays`` was given."""
    return tuple([_array(array) for array in packed])


def _pack_array(array: Any) -> Any:
    return {"$array" if isinstance(array, np.ndarray) else "$scalar": _pack(np.asarray(array))}


def _pack(array: Any) -> tuple[str, tuple[int, ...], bytes]:
    if array.dtype.hasobject:
        raise TypeError("a program cannot hold an array of objects")
    return array.dtype.str, array.shape, array.tobytes()


def _array(packed: tuple[str, tuple[int, ...], bytes]) -> Any:
    dtype, shape, data = packed
    return np.frombuffer(data, dtype).reshape(shape)


_TAGS = {**TAGS, "$array": _array, "$scalar": lambda packed: _array(packed)[()]}
