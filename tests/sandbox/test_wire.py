"""The wire: what crosses comes back the same, and nothing else gets through."""

from __future__ import annotations

import contextlib
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Absent
from grader.sandbox.wire import (
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_FRAME,
    MAX_ITEMS,
    MAX_TEXT,
    NotPlainError,
    WireError,
    decode,
    encode,
    plain,
)


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(PLAIN)
def test_plain_values_come_back_the_same(value: Any) -> None:
    found = decode(encode(value))
    assert found == value
    assert type(found) is type(value)


@given(st.binary(max_size=300))
@settings(max_examples=500)
def test_any_bytes_are_a_value_or_a_wire_error(data: bytes) -> None:
    with contextlib.suppress(WireError):
        decode(data)


@given(PLAIN, st.data())
def test_damaged_frames_raise_nothing_else(value: Any, data: st.DataObject) -> None:
    frame = encode(value)
    position = data.draw(st.integers(0, len(frame) - 1))
    frame[position] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(WireError):
        decode(frame)


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "i4", "u1", "?", "c16", ">f8", ">i4"])
def test_arrays_arrive_native_contiguous_and_writable(dtype: str) -> None:
    array = np.arange(12).astype(dtype).reshape(3, 4)[:, ::-1]
    found = decode(encode({"a": array}))["a"]
    assert np.array_equal(found, array)
    assert found.flags.c_contiguous
    assert found.flags.writeable
    assert found.dtype.isnative


def test_zero_sized_and_zero_dimensional_arrays() -> None:
    for array in (np.zeros((0, 3)), np.array(2.5), np.zeros(())):
        found = decode(encode(array))
        assert found.shape == array.shape


def test_numpy_scalars_stay_scalars() -> None:
    found = decode(encode(np.float64(2.5)))
    assert type(found) is np.float64
    assert found == 2.5


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1: 2},
        2**63,
        np.array([object()]),
        np.array(["a"]),
        {"a": {1, 2}},
        b"bytes",
        1j,
        np.zeros(MAX_FRAME // 8 + 1),
        np.datetime64("2020-01-01"),
    ],
    ids=lambda v: type(v).__name__,
)
def test_what_may_not_cross_does_not(value: Any) -> None:
    with pytest.raises(WireError):
        encode(value)


def test_nesting_is_bounded_both_ways() -> None:
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(WireError):
        encode(deep)
    with pytest.raises(WireError):
        decode(b"l\x01\x00\x00\x00" * 100 + b"N")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"NN",
        b"s\xff\xff\xff\xff",
        b"l\xff\xff\xff\x7f",
        b"a\x00\x02" + struct.pack("<2q", 10**9, 10**9),
        b"a\x00\x01" + struct.pack("<q", -1),
        b"a\xff\x00",
        b"a\x04\x01" + struct.pack("<q", 1) + bytes(53) + b"\x07",
        b"?",
    ],
)
def test_hostile_frames(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


def test_absent_crosses() -> None:
    assert decode(encode(Absent("one array", "(2, 3)"))) == Absent("one array", "(2, 3)")


def test_absent_is_bounded_and_of_a_known_kind() -> None:
    assert len(decode(encode(Absent("type", "x" * 60_000))).detail) <= 400
    with pytest.raises(WireError, match="absence"):
        decode(encode(Absent("a sentence of its own")))  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(0, 2**62), (2**62, 0), (0, 2**62, 2**62), (2**63 - 1, 0)])
def test_sides_beyond_numpys_own_bounds_are_refused(shape: tuple[int, ...]) -> None:
    head = b"a\x00" + bytes([len(shape)]) + struct.pack(f"<{len(shape)}q", *shape)
    with pytest.raises(WireError):
        decode(head + bytes(-len(head) % 64))


def test_a_large_array_is_not_held_twice() -> None:
    frame = encode(np.ones(1 << 18))
    tracemalloc.start()
    try:
        found = decode(frame)
        assert tracemalloc.get_traced_memory()[1] < len(frame) / 2
    finally:
        tracemalloc.stop()
    assert found.flags.writeable
    assert found.sum() == 1 << 18


def test_a_large_bool_array_is_checked_by_numpy() -> None:
    frame = encode(np.ones(1 << 20, dtype=bool))
    assert decode(frame).all()
    frame[-1] = 2
    with pytest.raises(WireError):
        decode(frame)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([0] * (MAX_ITEMS + 1), Absent("too large")),
        ("x" * (MAX_TEXT + 1), Absent("long text", "65,537")),
        ({"x" * MAX_TEXT: 1}, Absent("odd key")),
        (nested(MAX_DEPTH + 1), Absent("nested")),
        (np.ones((1,) * (MAX_DIMENSIONS + 1)), Absent("dimensions", "9")),
        (2**63, Absent("large integer")),
        (np.broadcast_to(1.0, (1 << 14, 1 << 14)), Absent("large array", "2048")),
        (np.zeros(2, dtype=[("a", float)]), Absent("dtype", "[('a', '<f8')]")),
        ((object(),), Absent("type", "object")),
    ],
    ids=lambda value: value.what if isinstance(value, Absent) else "",
)
def test_a_result_that_may_not_cross_says_what_it_is(value: Any, expected: Absent) -> None:
    with pytest.raises(NotPlainError) as error:
        plain(value)
    assert error.value.absent == expected


@pytest.mark.parametrize("value", [nested(MAX_DEPTH), "x" * MAX_TEXT, [0] * (MAX_ITEMS // 2), -(2**63), None])
def test_a_result_at_the_bound_crosses(value: Any) -> None:
    assert decode(encode(plain(value))) == value


def test_plain_copies() -> None:
    array = np.arange(6.0).reshape(2, 3)
    copied = plain({"a": [array.T, np.float32(2)]})
    array[:] = 0
    assert copied["a"][0][2, 1] == 5
    assert copied["a"][0].flags.c_contiguous
    assert type(copied["a"][1]) is np.float32


def test_a_subclass_of_an_array_does_not_cross_and_is_said_to_be_one() -> None:
    class Liar(np.ndarray):
        def __eq__(self, other: object) -> Any:
            return True

    liar = np.ones(3).view(Liar)
    with pytest.raises(NotPlainError) as refused:
        plain(liar)
    assert refused.value.absent == Absent("subclass", "Liar")
    assert decode(encode(plain({"a": liar, "b": 1.0}))) == {"a": Absent("subclass", "Liar"), "b": 1.0}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.array([1.5, -2.0], np.longdouble), np.array([1.5, -2.0])),
        (np.array([1 + 2j], np.clongdouble), np.array([1 + 2j])),
        (np.longdouble("1e4000") if np.finfo(np.longdouble).maxexp > 1024 else np.longdouble("inf"), np.inf),
    ],
    ids=["reals", "complex numbers", "what no double holds"],
)
def test_long_doubles_cross_as_doubles(value: Any, expected: Any) -> None:
    found = decode(encode(plain(value)))
    assert np.asarray(found).dtype == np.asarray(expected).dtype
    assert np.array_equal(found, expected)
