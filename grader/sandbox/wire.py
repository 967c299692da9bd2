"""The wire: what a child answers, as length-prefixed tagged values. Nothing executable, nobody trusted.

Plain values: None, bool, int (64 bits), float, a NumPy scalar, str, arrays of listed dtypes, tuple, list and
dict with str keys; and ``Absent``, for a result that is none of these. What the grader asks: ``requests``.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, cast, get_args

import numpy as np

from grader.model import Absent
from grader.model.results import What

MAX_FRAME = 64 << 20
MAX_DEPTH = 8
"""Of one value; a frame adds the depth of the record around it."""
MAX_ITEMS = 100_000
MAX_DIMENSIONS = 8
MAX_TEXT = 64 << 10
_FRAME_DEPTH = MAX_DEPTH + 4

_TYPES = ("<f8", "<f4", "<i8", "<i4", "|b1", "|u1", "<u8", "<u4", "<i2", "<f2", "<c16", "|i1", "<u2", "<c8")
_DTYPES = tuple(map(np.dtype, _TYPES))
_CODES = {dtype.str: code for code, dtype in enumerate(_DTYPES)}
_WHATS = frozenset(get_args(What))
_MAX_DETAIL = 400
"""Characters that are said of a result that is none."""
_INT = struct.Struct("<q")
_FLOAT = struct.Struct("<d")
_SIZE = struct.Struct("<I")
_HEAD = struct.Struct("<BB")
_SHAPES = tuple(struct.Struct(f"<{dimensions}q") for dimensions in range(MAX_DIMENSIONS + 1))
_ALIGNMENT = 64  # unaligned array data costs the receiver 3 to 8 times the copy
_ZEROS = bytes(_ALIGNMENT)


class WireError(ValueError):
    """A value that may not cross, or bytes that are not a value."""


class TooLargeError(WireError):
    """More bytes than an answer may have."""


class NotPlainError(WireError):
    """A result that may not cross; ``absent`` says what it is."""

    def __init__(self, what: What, detail: str = "") -> None:
        super().__init__(what)
        self.absent = Absent(what, detail)


def encode(value: Any, *, header_size: int = 0) -> bytearray:
    """Encode a frame's body, after ``header_size`` free bytes. Raises WireError for what may not cross."""
    encoder = _Encoder(header_size)
    encoder.value(value)
    return encoder.out


class _Encoder:
    """Writes values, within bounds."""

    def __init__(self, header_size: int) -> None:
        self.out = bytearray(header_size)
        self.header_size = header_size

    def value(self, value: Any, depth: int = 0) -> None:
        if depth > _FRAME_DEPTH:
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
        elif kind is tuple or kind is list:
            out += (b"t" if kind is tuple else b"l") + _SIZE.pack(len(value))
            for item in value:
                self.value(item, depth + 1)
        elif kind is dict:
            out += b"m" + _SIZE.pack(len(value))
            for key, item in value.items():
                if type(key) is not str:
                    raise WireError("a dict key that is not a string")
                self.text(key)
                self.value(item, depth + 1)
        elif kind is Absent:
            out += b"A"
            self.text(value.what)
            self.text(value.detail)
        elif isinstance(value, np.generic):
            out += b"g"
            self.array(np.asarray(value))
        else:
            raise WireError(f"a value of type {kind.__name__}")
        if len(out) > MAX_FRAME:
            raise WireError(f"more than {MAX_FRAME >> 20} MB")

    def text(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.out += _SIZE.pack(len(data)) + data

    def array(self, array: Any) -> None:
        code = _CODES.get(array.dtype.str)
        if code is None:
            array = array.astype(array.dtype.newbyteorder("<"), copy=False)
            code = _CODES.get(array.dtype.str)
        if code is None:
            raise WireError(f"an array of dtype {array.dtype}")
        _require_size(array)
        out = self.out
        out += b"a" + _HEAD.pack(code, array.ndim) + _SHAPES[array.ndim].pack(*array.shape)
        out += bytes((self.header_size - len(out)) % _ALIGNMENT)
        out.extend(np.ascontiguousarray(array))


def plain(value: Any) -> Any:
    """A copy of a result, of exact types, that may cross; NotPlainError, with what it is, where it may not.

    An OrderedDict becomes a dict: nothing of its own behaviour crosses. An array subclass (a matrix, a masked
    array) is none of the arrays that are due, and computes otherwise: it is said to be one.
    """
    return _plain(value, 0, [0])


def _plain(value: Any, depth: int, items: list[int]) -> Any:
    items[0] += 1
    if items[0] > MAX_ITEMS:
        raise NotPlainError("too large")
    if depth > MAX_DEPTH:
        raise NotPlainError("nested")
    kind = type(value)
    if isinstance(value, np.ndarray | np.generic):
        if isinstance(value, np.ndarray) and kind is not np.ndarray:
            if depth:  # one entry of a dict: the others are told
                return Absent("subclass", kind.__name__[:_MAX_DETAIL])
            raise NotPlainError("subclass", kind.__name__[:_MAX_DETAIL])
        _require_size(value)
        base = _in_double(np.asarray(value))
        if base.dtype.str not in _CODES and base.dtype.newbyteorder("<").str not in _CODES:
            raise NotPlainError("dtype", str(base.dtype))
        return base[()] if isinstance(value, np.generic) else np.array(base, order="C")
    if value is None or kind is bool or kind is float:
        return value
    if kind is int:
        if not -(1 << 63) <= value < 1 << 63:
            raise NotPlainError("large integer")
        return value
    if kind is str:
        if len(value) > MAX_TEXT or len(value.encode("utf-8", "replace")) > MAX_TEXT:
            raise NotPlainError("long text", f"{len(value):,}")
        return value
    if isinstance(value, tuple):
        return tuple(_plain(item, depth + 1, items) for item in value)
    if isinstance(value, list):
        return [_plain(item, depth + 1, items) for item in value]
    if isinstance(value, dict):
        return {_key(key): _plain(item, depth + 1, items) for key, item in value.items()}
    raise NotPlainError("type", kind.__name__)


def _in_double(array: Any) -> Any:
    """Numbers of more bits than a double has, as doubles: they are right, and no other machine has them."""
    if array.dtype.kind not in "fc" or array.dtype.itemsize <= (8 if array.dtype.kind == "f" else 16):
        return array
    with np.errstate(all="ignore"):
        return array.astype(np.float64 if array.dtype.kind == "f" else np.complex128)


def _key(key: Any) -> str:
    if type(key) is not str or len(key) > MAX_TEXT // 4:
        raise NotPlainError("odd key")
    return key


def _require_size(array: Any) -> None:
    if array.ndim > MAX_DIMENSIONS:
        raise NotPlainError("dimensions", str(array.ndim))
    if array.nbytes > MAX_FRAME:
        raise NotPlainError("large array", str(array.nbytes >> 20))


class _Decoder:
    """Reads one value from a buffer, checking every count against what is left of it."""

    __slots__ = ("at", "data", "end", "items")

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.end = len(data)
        self.at = 0
        self.items = 0

    def value(self, depth: int) -> Any:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise WireError("too many items")
        if depth > _FRAME_DEPTH:
            raise WireError("nested too deeply")
        if self.at >= self.end:
            raise WireError("truncated")
        tag = self.data[self.at]
        self.at += 1
        reader = _READERS.get(tag)
        if reader is None:
            raise WireError(f"unknown tag {tag}")
        return reader(self, depth)

    def take(self, count: int) -> memoryview:
        start, self.at = self.at, self.at + count
        if self.at > self.end:
            raise WireError("truncated")
        return self.data[start : self.at]

    def unpack(self, form: struct.Struct) -> Any:
        start, self.at = self.at, self.at + form.size
        if self.at > self.end:
            raise WireError("truncated")
        return form.unpack_from(self.data, start)[0]

    def text(self) -> str:
        size = self.unpack(_SIZE)
        if size > MAX_TEXT:
            raise WireError("text too long")
        return str(self.take(size), "utf-8", "replace")

    def count(self) -> int:
        count: int = self.unpack(_SIZE)
        if count > MAX_ITEMS or count > self.end - self.at:
            raise WireError("too many items")
        return count

    def list(self, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(self.count())]

    def dict(self, depth: int) -> dict[str, Any]:
        return {self.text(): self.value(depth + 1) for _ in range(self.count())}

    def absent(self) -> Absent:
        what, detail = self.text(), self.text()
        if what not in _WHATS:
            raise WireError("an unknown kind of absence")
        return Absent(cast(What, what), detail[:_MAX_DETAIL])

    def scalar(self) -> Any:
        if bytes(self.take(1)) != b"a":
            raise WireError("a scalar without its array")
        array = self.array()
        if array.ndim:
            raise WireError("a scalar with dimensions")
        return array[()]

    def array(self) -> Any:
        code, dimensions = self.take(2)
        if code >= len(_DTYPES) or dimensions > MAX_DIMENSIONS:
            raise WireError("array header")
        shape = _SHAPES[dimensions].unpack(self.take(8 * dimensions))
        if shape and min(shape) < 0:
            raise WireError("a negative dimension")
        dtype = _DTYPES[code]
        count = math.prod(shape)  # Python's integers: this product cannot overflow
        nbytes = count * dtype.itemsize
        if nbytes > MAX_FRAME:
            raise WireError("array too large")
        padding = -self.at % _ALIGNMENT
        if self.take(padding) != _ZEROS[:padding]:
            raise WireError("padding")
        raw = self.take(nbytes)
        try:
            array = np.frombuffer(raw, dtype, count).reshape(shape)
        except ValueError as error:  # sides beyond NumPy's own bounds, beside one of zero
            raise WireError("array shape") from error
        if dtype.kind == "b" and nbytes and np.frombuffer(raw, np.uint8).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")
        # A large array keeps the frame's own memory: a copy would double what a child can make us hold.
        return array if 2 * nbytes > self.end and not raw.readonly else array.copy()


_READERS: dict[int, Callable[[_Decoder, int], Any]] = {
    ord("N"): lambda decoder, depth: None,
    ord("T"): lambda decoder, depth: True,
    ord("F"): lambda decoder, depth: False,
    ord("i"): lambda decoder, depth: decoder.unpack(_INT),
    ord("d"): lambda decoder, depth: decoder.unpack(_FLOAT),
    ord("s"): lambda decoder, depth: decoder.text(),
    ord("t"): lambda decoder, depth: tuple(decoder.list(depth)),
    ord("l"): _Decoder.list,
    ord("m"): _Decoder.dict,
    ord("a"): lambda decoder, depth: decoder.array(),
    ord("g"): lambda decoder, depth: decoder.scalar(),
    ord("A"): lambda decoder, depth: decoder.absent(),
}


def decode(data: bytes | bytearray | memoryview) -> Any:
    """The value in ``data``. Raises WireError for anything else, trailing bytes included."""
    decoder = _Decoder(memoryview(data))
    value = decoder.value(0)
    if decoder.at != len(data):
        raise WireError("trailing bytes")
    return value
