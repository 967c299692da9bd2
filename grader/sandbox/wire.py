"""The wire: length-prefixed tagged values, strict both ways. No pickle, nothing executable.

Plain values: None, bool, int (64 bits), float, a NumPy scalar, str, arrays of listed dtypes, tuple, list
and dict with str keys. Beyond these, the grader's side may send ``Ref``, ``Input`` and ``Formula``
(programs), and the child's side may answer ``Absent`` (a result that is none of these). A decoder is told
which to expect.
"""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np

from grader.model import Absent, Formula, Input, Ref

MAX_FRAME = 64 << 20
MAX_DEPTH = 8
"""Of one value; a frame adds the depth of the record around it."""
MAX_ITEMS = 100_000
MAX_DIMENSIONS = 8
MAX_TEXT = 64 << 10
MAX_SOURCE_TEXT = 8 << 20
"""Text that the grader sends (source) may be longer than text that it accepts."""
_FRAME_DEPTH = MAX_DEPTH + 4

_DTYPES = tuple(map(np.dtype, "<f8 <f4 <i8 <i4 |b1 |u1 <u8 <u4 <i2 <f2 <c16 |i1 <u2 <c8".split()))
_CODES = {dtype.str: code for code, dtype in enumerate(_DTYPES)}
_INT = struct.Struct("<q")
_FLOAT = struct.Struct("<d")
_SIZE = struct.Struct("<I")
_HEAD = struct.Struct("<BB")
_ALIGNMENT = 64  # unaligned array data costs the receiver 3 to 8 times the copy


class WireError(ValueError):
    """A value that may not cross, or bytes that are not a value."""


def encode(value: Any) -> bytearray:
    """A frame's body as bytes. Raises WireError for what may not cross."""
    encoder = _Encoder(_FRAME_DEPTH, MAX_SOURCE_TEXT)
    encoder.value(value)
    return encoder.out


def require_value(value: Any) -> None:
    """Raise WireError, with what it is, unless ``value`` may cross as a result."""
    if type(value) is np.ndarray and value.dtype.str in _CODES:
        _require_size(value)  # the usual case, without a copy
    else:
        _Encoder(MAX_DEPTH, MAX_TEXT).value(value)


class _Encoder:
    """Writes values, within bounds."""

    def __init__(self, max_depth: int, max_text: int) -> None:
        self.out = bytearray()
        self.items = 0
        self.max_depth = max_depth
        self.max_text = max_text

    def value(self, value: Any, depth: int = 0) -> None:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise WireError(f"more than {MAX_ITEMS:,} items")
        if depth > self.max_depth:
            raise WireError("something nested too deeply")
        out = self.out
        kind = type(value)
        if kind is np.ndarray:
            self.array(value)
        elif value is None:
            out += b"N"
        elif kind is bool:
            out += b"T" if value else b"F"
        elif kind is int:
            if not -(1 << 63) <= value < 1 << 63:
                raise WireError("an integer beyond 64 bits")
            out += b"i" + _INT.pack(value)
        elif kind is float:
            out += b"d" + _FLOAT.pack(value)
        elif kind is str:
            out += b"s"
            self.text(value)
        elif isinstance(value, tuple | list):
            out += (b"t" if isinstance(value, tuple) else b"l") + _SIZE.pack(len(value))
            for item in value:
                self.value(item, depth + 1)
        elif isinstance(value, dict):  # an OrderedDict too: it arrives as a plain one
            out += b"m" + _SIZE.pack(len(value))
            for key, item in value.items():
                if type(key) is not str:
                    raise WireError("a dict key that is not a string")
                self.text(key)
                self.value(item, depth + 1)
        elif kind is Ref:
            out += b"R" + _INT.pack(value.step)
            self.value(value.path, depth + 1)
        elif kind is Input:
            out += b"I" + _INT.pack(value.index)
        elif kind is Formula:
            out += b"X"
            self.text(value.text)
        elif kind is Absent:
            out += b"A"
            self.text(value.what)
        elif isinstance(value, np.generic):
            out += b"g"
            self.array(np.asarray(value))
        elif isinstance(value, np.ndarray):
            self.array(np.asarray(value).view(np.ndarray))
        else:
            raise WireError(f"a value of type {kind.__name__}")
        if len(out) > MAX_FRAME:
            raise WireError(f"more than {MAX_FRAME >> 20} MB")

    def text(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        if len(data) > self.max_text:
            raise WireError(f"a text of {len(data) >> 10} KiB")
        self.out += _SIZE.pack(len(data)) + data

    def array(self, array: Any) -> None:
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        code = _CODES.get(little.dtype.str)
        if code is None:
            raise WireError(f"an array of dtype {array.dtype}")
        _require_size(array)
        self.out += b"a" + _HEAD.pack(code, array.ndim) + struct.pack(f"<{array.ndim}q", *array.shape)
        self.out += bytes(-len(self.out) % _ALIGNMENT)
        self.out += np.ascontiguousarray(little).reshape(-1).view(np.uint8).data


def _require_size(array: Any) -> None:
    if array.ndim > MAX_DIMENSIONS:
        raise WireError(f"an array of {array.ndim} dimensions")
    if array.nbytes > MAX_FRAME:
        raise WireError(f"an array of {array.nbytes >> 20} MB")


class _Decoder:
    """Reads one value from a buffer, checking every count against what is left of it."""

    def __init__(self, data: memoryview, programs: bool, max_text: int) -> None:
        self.data = data
        self.at = 0
        self.items = 0
        self.programs = programs
        self.max_text = max_text

    def take(self, count: int) -> memoryview:
        if count < 0 or self.at + count > len(self.data):
            raise WireError("truncated")
        piece = self.data[self.at : self.at + count]
        self.at += count
        return piece

    def size(self) -> int:
        size: int = _SIZE.unpack(self.take(4))[0]
        return size

    def integer(self) -> int:
        value: int = _INT.unpack(self.take(8))[0]
        return value

    def text(self) -> str:
        size = self.size()
        if size > self.max_text:
            raise WireError("text too long")
        return bytes(self.take(size)).decode("utf-8", "replace")

    def count(self) -> int:
        count = self.size()
        if count > MAX_ITEMS or count > len(self.data) - self.at:
            raise WireError("too many items")
        return count

    def value(self, depth: int = 0) -> Any:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise WireError("too many items")
        if depth > _FRAME_DEPTH:
            raise WireError("nested too deeply")
        tag = bytes(self.take(1))
        match tag:
            case b"N":
                return None
            case b"T" | b"F":
                return tag == b"T"
            case b"i":
                return self.integer()
            case b"d":
                return _FLOAT.unpack(self.take(8))[0]
            case b"s":
                return self.text()
            case b"t":
                return tuple(self.value(depth + 1) for _ in range(self.count()))
            case b"l":
                return [self.value(depth + 1) for _ in range(self.count())]
            case b"m":
                return {self.text(): self.value(depth + 1) for _ in range(self.count())}
            case b"a":
                return self.array()
            case b"g":
                if bytes(self.take(1)) != b"a":
                    raise WireError("a scalar without its array")
                scalar = self.array()
                if scalar.ndim:
                    raise WireError("a scalar with dimensions")
                return scalar[()]
            case b"A" if not self.programs:
                return Absent(self.text())
            case b"R" if self.programs:
                return Ref(self.integer(), self.value(depth + 1))
            case b"I" if self.programs:
                return Input(self.integer())
            case b"X" if self.programs:
                return Formula(self.text())
        raise WireError(f"unknown tag {tag!r}")

    def array(self) -> Any:
        code, dimensions = _HEAD.unpack(self.take(2))
        if code >= len(_DTYPES) or dimensions > MAX_DIMENSIONS:
            raise WireError("array header")
        shape = struct.unpack(f"<{dimensions}q", self.take(8 * dimensions))
        if any(side < 0 for side in shape):
            raise WireError("a negative dimension")
        dtype = _DTYPES[code]
        nbytes = math.prod(shape) * dtype.itemsize  # Python's integers: this product cannot overflow
        if nbytes > MAX_FRAME:
            raise WireError("array too large")
        if any(self.take(-self.at % _ALIGNMENT)):
            raise WireError("padding")
        raw = self.take(nbytes)
        try:
            flat = np.frombuffer(raw, dtype, count=math.prod(shape))
            array = flat.reshape(shape)
        except ValueError as error:  # sides beyond NumPy's own bounds, beside one of zero
            raise WireError("array shape") from error
        if dtype.kind == "b" and nbytes and flat.view(np.uint8).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")
        # A large array keeps the frame's own memory: a copy would double what a child can make us hold.
        return array if 2 * nbytes > len(self.data) and not raw.readonly else array.copy()


def decode(data: bytes | bytearray | memoryview, *, programs: bool = False) -> Any:
    """The value in ``data``. Raises WireError for anything else, trailing bytes included.

    ``programs`` is for the child's side, which trusts the grader: it admits Ref, Input and Formula.
    """
    decoder = _Decoder(memoryview(data), programs, MAX_SOURCE_TEXT if programs else MAX_TEXT)
    value = decoder.value()
    if decoder.at != len(data):
        raise WireError("trailing bytes")
    return value
