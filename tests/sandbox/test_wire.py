"""The wire: what crosses comes back the same, and nothing else gets through."""

from __future__ import annotations

import contextlib
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Absent, Formula, Input, Ref
from grader.sandbox.wire import MAX_FRAME, WireError, decode, encode

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
    for programs in (False, True):
        with contextlib.suppress(WireError):
            decode(data, programs=programs)


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
    [object(), {1: 2}, 2**63, np.array([object()]), np.array(["a"]), {"a": {1, 2}}, b"bytes", 1j,
     np.zeros(MAX_FRAME // 8 + 1), np.datetime64("2020-01-01")],
    ids=lambda v: type(v).__name__,
)  # fmt: skip
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


def test_programs_are_for_the_child_only() -> None:
    value = (Ref(3, (1, "W1")), Input(2), Formula("x * 2"))
    assert decode(encode(value), programs=True) == value
    for item in value:
        with pytest.raises(WireError):
            decode(encode(item))


def test_absent_is_for_the_grader_only() -> None:
    assert decode(encode(Absent("None"))) == Absent("None")
    with pytest.raises(WireError):
        decode(encode(Absent("None")), programs=True)


def test_a_subclass_arrives_as_its_base() -> None:
    class Liar(np.ndarray):
        def __eq__(self, other: object) -> Any:
            return True

    found = decode(encode(np.ones(3).view(Liar)))
    assert type(found) is np.ndarray
