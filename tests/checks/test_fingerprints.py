"""A fingerprint knows a wrong answer again, however it was computed, and tells different ones apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks.dropout import dropout
from grader.checks.fingerprints import Fingerprint, content_hash, fingerprint
from grader.checks.initialisation import normal
from grader.checks.trajectory import trajectory
from grader.checks.unchanged import unchanged
from grader.checks.values import values
from grader.model import Absent, CaseResult, Changed, Check, Failure
from tests.checks.cases import DX, MATRIX, case


def mark(value: Any, *, check: Check | None = None, key: Any = MATRIX, **result: Any) -> Fingerprint:
    made = case(check or values(dx=DX), key)
    return fingerprint([(made, CaseResult((value,), **result))])


def agree(one: Fingerprint, other: Fingerprint) -> bool:
    return one.agrees(other.words, other.numbers)


def test_rounding_makes_no_difference() -> None:
    assert agree(mark(2 * MATRIX), mark(2 * MATRIX * (1 + 1e-14)))
    assert agree(mark(MATRIX * np.nan), mark(MATRIX * np.nan))


@pytest.mark.parametrize(
    "other",
    [
        MATRIX,
        2.001 * MATRIX,
        -MATRIX,
        MATRIX[:1],
        MATRIX.T,
        None,
        Absent("None"),
        "x",
        {"dx": 1},
        np.nan * MATRIX,
    ],
    ids=["right", "scale", "sign", "rows", "transposed", "none", "absent", "text", "dict", "nan"],
)
def test_other_answers_are_told_apart(other: Any) -> None:
    assert not agree(mark(2 * MATRIX), mark(other))


def test_beside_what_is_not_finite_the_rest_counts_and_so_does_its_place() -> None:
    one, other, moved = (2 * MATRIX for _ in range(3))
    one[0, 0] = other[0, 0] = moved[0, 1] = np.nan
    other[1, 2] *= 1.5
    moved[0, 0] = one[0, 1]
    assert agree(mark(one), mark(one * (1 + 1e-14)))
    assert not agree(mark(one), mark(other))
    assert not agree(mark(one), mark(moved))


def test_a_small_element_counts_beside_large_ones() -> None:
    key = np.array([1e6, 1.0, 0.0])
    one, other = key + np.array([0, 0.5, 0]), key + np.array([0, 0.25, 0])
    assert not agree(mark(one, key=key), mark(other, key=key))


def test_errors_are_known_by_their_type_and_by_what_they_say() -> None:
    def failed(error: str, message: str) -> Fingerprint:
        return mark(Absent("nothing"), failures={0: Failure("raised", error, message)})

    assert agree(failed("ValueError", "at 0x7f01"), failed("ValueError", "at 0x9e02"))
    assert not agree(failed("ValueError", "one"), failed("ValueError", "another"))
    assert not agree(failed("NameError", "name 'W' is not defined"), failed("NameError", "name 'b' is not"))
    dot = "shapes (4,2,3) and (6,5) not aligned: 3 (dim 2) != 6 (dim 0)"
    matmul = "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature"
    assert agree(failed("ValueError", dot), failed("ValueError", matmul))
    times = "unsupported operand type(s) for *: '{}' and '{}'"
    left, right = times.format("float", "NoneType"), times.format("NoneType", "float")
    assert agree(failed("TypeError", left), failed("TypeError", right))
    assert not agree(failed("TypeError", left), failed("TypeError", left.replace("*", "^")))
    assert not agree(failed("ValueError", ""), failed("TypeError", ""))
    assert not agree(failed("KeyError", "'m'"), failed("KeyError", "'t'"))


def test_overwritten_arguments_count_where_a_check_asks() -> None:
    check = unchanged("cache", dx=DX)
    assert not agree(mark(MATRIX, check=check), mark(MATRIX, check=check, changed=(Changed(0, 1),)))
    assert agree(mark(MATRIX, check=check), mark(MATRIX, check=check, changed=(Changed(0, 0),)))


def test_what_is_random_is_known_by_its_statistics() -> None:
    draw = np.random.default_rng(0).standard_normal
    key, shape = np.zeros((60, 60)), (60, 60)
    check = normal(0.3, W=DX)
    one = mark(0.5 * draw(shape), check=check, key=key)
    assert agree(one, mark(0.5 * draw(shape), check=check, key=key))
    assert not agree(one, mark(0.7 * draw(shape), check=check, key=key))
    assert not agree(one, mark(np.zeros(shape), check=check, key=key))


def test_what_is_only_drawn_does_not_count() -> None:
    check = trajectory((1, 1), (0, 0), path=(DX,))
    assert agree(mark(MATRIX, check=check), mark(5 * MATRIX, check=check))


def test_a_hash_is_of_contents_and_their_order() -> None:
    assert content_hash([b"a", b"b"]) == content_hash([b"a", b"b"])
    assert len({content_hash(p) for p in ([b"a", b"b"], [b"b", b"a"], [b"ab"], [b"a", b"b", b""])}) == 4


def test_what_is_drawn_is_known_by_what_is_wrong_with_it_too() -> None:
    rng = np.random.default_rng(5)
    x = np.abs(rng.normal(size=(64, 50))) + 1
    check = dropout(0.3, x, out=DX)
    one, again, often = (mark(x * (rng.random(x.shape) < p), check=check, key=x) for p in (0.3, 0.3, 0.4))
    scaled = mark(x * (rng.random(x.shape) < 0.3) / 0.3, check=check, key=x)
    assert agree(one, again)
    assert len({one.words, often.words, scaled.words}) == 3


@pytest.mark.parametrize("shape", [(64, 1), (1, 50)], ids=["examples", "units"])
def test_what_is_dropped_together_is_told_from_what_is_dropped_by_element(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(5)
    x = np.abs(rng.normal(size=(64, 50))) + 1
    check = dropout(0.3, x, out=DX)
    each, together = (mark(x * (rng.random(s) < 0.3), check=check, key=x) for s in (x.shape, shape))
    assert each.words != together.words
