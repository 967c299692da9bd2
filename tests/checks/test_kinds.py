"""The other kinds: purity, stability, keys, initialisation, a batch of one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.checks.batch_of_one import batch_of_one
from grader.checks.compare import difference, scaled_error
from grader.checks.initialisation import normal, zeros
from grader.checks.keys import keys
from grader.checks.same import same
from grader.checks.stability import stability
from grader.checks.unchanged import Overwritten, unchanged
from grader.model import Changed, Ref
from tests.checks.cases import DX, MATRIX, judged


def test_an_overwritten_cache_fails_and_an_overwritten_dout_does_not() -> None:
    check = unchanged("cache", dx=DX)
    assert judged(check, MATRIX, MATRIX).status == "passed"
    assert judged(check, MATRIX, MATRIX, changed=(Changed(0, 0),)).status == "passed"
    outcome = judged(check, MATRIX, MATRIX, changed=(Changed(0, 1, (0,)),))
    assert outcome.status == "failed"
    assert outcome.findings == (Overwritten("layer_backward", "cache"),)


def test_a_keyword_argument_is_watched_too() -> None:
    assert (
        judged(unchanged("cache", dx=DX), MATRIX, MATRIX, changed=(Changed(0, "cache"),)).status == "failed"
    )


def test_leaving_arguments_alone_by_doing_nothing_is_no_answer() -> None:
    assert judged(unchanged("cache", dx=DX), MATRIX, None).status == "not_attempted"


@pytest.mark.parametrize(
    ("used", "status"),
    [
        (MATRIX, "passed"),
        (MATRIX + 1e-9, "failed"),
        (MATRIX.T, "failed"),
        (MATRIX * np.nan, "failed"),
        ("text", "failed"),
        (None, "not_attempted"),
    ],
)
def test_the_same_again(used: Any, status: str) -> None:
    check = same(x=(Ref(0, (0,)), Ref(0, (1,))))
    assert judged(check, (MATRIX, MATRIX), (MATRIX, used)).status == status


@pytest.mark.parametrize(
    ("value", "status"),
    [(0.0, "passed"), (-1e-8, "passed"), (np.nan, "failed"), (np.inf, "failed"), (3.0, "failed")],
)
def test_stability(value: float, status: str) -> None:
    assert judged(stability(loss=DX), np.float64(0.0), value).status == status


def test_overflow_is_named() -> None:
    assert judged(stability(dx=DX), MATRIX, MATRIX * np.nan).findings[0].kind == "overflow"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ({"W1": 1, "b1": 2}, "passed"),
        ({"W0": 1, "b1": 2}, "failed"),
        ({"W1": 1, "b1": 2, "gamma": 3}, "failed"),
        ({"W1": 1}, "failed"),
        ({}, "not_attempted"),
        ([1, 2], "failed"),
        (None, "not_attempted"),
    ],
)
def test_keys(value: Any, status: str) -> None:
    assert judged(keys(params=DX), {"W1": 0, "b1": 0}, value).status == status


RNG = np.random.default_rng(0)
BIG = (400, 300)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (0.3 * RNG.standard_normal(BIG), "passed"),
        (0.31 * RNG.standard_normal(BIG), "failed"),
        (RNG.standard_normal(BIG), "failed"),
        (0.3 * RNG.standard_normal(BIG) + 0.01, "failed"),
        (0.3 * np.sqrt(3) * RNG.uniform(-1, 1, BIG), "failed"),
        (np.full(BIG, 0.3), "failed"),
        (np.full(BIG, np.nan), "failed"),
        (np.zeros(BIG), "failed"),
    ],
    ids=["right", "3 % off", "unscaled", "shifted", "uniform", "constant", "nan", "zero"],
)
def test_initialisation(value: Any, status: str) -> None:
    assert judged(normal(0.3, W1=DX), np.zeros(BIG), value).status == status


def test_every_right_initialisation_passes() -> None:
    for seed in range(50):
        sample = 1e-3 * np.random.default_rng(seed).standard_normal((100, 10))
        assert judged(normal(1e-3, W=DX), np.zeros((100, 10)), sample).status == "passed"


def test_biases_are_exactly_zero() -> None:
    assert judged(zeros(b=DX), np.zeros(3), np.zeros(3)).status == "passed"
    assert judged(zeros(b=DX), np.zeros(3), np.full(3, 1e-12)).status == "failed"


def test_a_batch_of_one_gives_the_same_row() -> None:
    check = batch_of_one(out=(DX, Ref(0, (1,))))
    assert judged(check, (MATRIX[:1], MATRIX), (MATRIX[:1], MATRIX)).status == "passed"
    assert judged(check, (MATRIX[:1], MATRIX), (MATRIX[:1] + 1, MATRIX)).status == "failed"
    assert judged(check, (MATRIX[:1], MATRIX), (MATRIX[0], MATRIX)).status == "failed"


def test_nan_never_compares_as_equal() -> None:
    nan = np.array([np.nan, 1.0])
    assert scaled_error(nan, nan) == np.inf
    assert difference(np.array([1.0, 2.0]), np.array([1.0, 4.0])).worst == (1,)
    assert scaled_error(np.zeros(0), np.zeros(0)) == 0.0
    with pytest.raises(ValueError, match="shapes"):
        scaled_error(np.ones(2), np.ones((1, 2)))
