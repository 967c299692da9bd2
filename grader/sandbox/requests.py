"""What the grader asks of a child: programs and sources, as bytes that C code reads.

Only this way round. A child trusts the grader, so ``marshal`` may be its reader, faster than any of our own;
answers come back over ``wire``, which trusts nobody. Both ends are the same interpreter.
"""

from __future__ import annotations

import marshal
from typing import Any

import numpy as np

from grader.sandbox.programs import TAGS, tagged, untagged


def encode_request(kind: str, value: Any) -> bytes:
    """A request. TypeError for a value that is none of what programs are made of."""
    return marshal.dumps((kind, tagged(value, _packed)))


def decode_request(data: bytes | bytearray) -> tuple[str, Any]:
    """(kind, value) of a request, in the child. Arrays are read-only: whoever uses one copies it."""
    kind, value = marshal.loads(data)
    return kind, untagged(value, _TAGS)


def _packed(array: Any) -> Any:
    tag = "$array" if isinstance(array, np.ndarray) else "$scalar"
    return {tag: (array.dtype.str, array.shape, array.tobytes())}


def _array(packed: tuple[str, tuple[int, ...], bytes]) -> Any:
    dtype, shape, data = packed
    return np.frombuffer(data, dtype).reshape(shape)


_TAGS = {**TAGS, "$array": _array, "$scalar": lambda packed: _array(packed)[()]}
