"""Requests: what the grader asks arrives in the child as it was meant."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.model import Formula, Input, Ref
from grader.sandbox.requests import decode_request, encode_request


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        2**80,
        1.5,
        "a\ud800b",
        (1, (2, [3, {"a": (4,)}])),
        Ref(3, (1, "W1")),
        Input(2),
        Formula("x * 2"),
        {"config": {"v": Ref(0)}},
        ("ref", 1),
        ("tuple", []),
        [],
    ],
    ids=str,
)
def test_what_is_asked_arrives(value: Any) -> None:
    assert decode_request(encode_request("run", value, b"program")) == ("run", value, b"program")


@pytest.mark.parametrize("dtype", ["f8", "f4", ">f8", "i8", "?", "U3"])
def test_arrays_arrive(dtype: str) -> None:
    array = np.arange(6).astype(dtype).reshape(2, 3)[:, ::-1]
    _, found, _ = decode_request(encode_request("run", (array, array[0, 0])))
    assert np.array_equal(found[0], array)
    assert found[0].dtype == array.dtype
    assert found[1] == array[0, 0]
    assert isinstance(found[1], np.generic)


@pytest.mark.parametrize(
    "value", [object(), np.array([object()]), {1, 2}, b"bytes"], ids=["object", "objects", "set", "bytes"]
)
def test_nothing_else_can_be_asked(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        encode_request("run", value)
