"""Additive bisection: exact, few measurements, and it says when the errors are everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients.search import bisect, probe, sums, table
from tests.gradients.cases import base_of, run

W = np.random.default_rng(0).normal(size=(64, 8))
D = np.random.default_rng(1).normal(size=(64, 8))


def forward(i: Any) -> Any:
    return i["w"]


def searched(claim: Any) -> tuple[Any, int]:
    base = base_of(forward, {"w": W}, D, level=1e-15)

    def stage() -> Any:
        at, total = yield from probe(np.random.default_rng(2), base, "w", claim, 1.0)
        return (yield from bisect(at, lambda places: (places, range(8)), 64, total))

    return run(stage(), forward)


@pytest.mark.parametrize("rows", [[5], [0, 63], [7, 8, 9, 40]])
def test_the_wrong_rows_are_found(rows: list[int]) -> None:
    claim = D.copy()
    claim[rows] *= -1
    found, evaluations = searched(claim)
    assert sorted(found) == rows
    assert evaluations <= 4 + 2 * 6 * len(rows)


def test_nothing_wrong_is_nothing_found() -> None:
    assert searched(D) == ({}, 4)


def test_errors_everywhere_are_said_to_be() -> None:
    found, evaluations = searched(-D)
    assert found is None
    assert evaluations <= 20


def test_the_sum_of_two_sets_is_that_of_both() -> None:
    base = base_of(forward, {"w": W}, D, level=1e-15)

    def stage() -> Any:
        at, _ = yield from probe(np.random.default_rng(2), base, "w", 2 * D, 1.0)
        return (
            yield from sums(at, [(range(10), range(8)), (range(10, 64), range(8)), (range(64), range(8))])
        )

    (one, two, both), _ = run(stage(), forward)
    assert abs(one.value + two.value - both.value) <= both.bound
    assert one.wrong


def test_an_array_as_a_table() -> None:
    assert table(np.zeros((2, 3, 4))).shape == (2, 12)
    assert table(np.zeros(5)).shape == (5, 1)
    assert table(np.array(1.0)).shape == (1, 1)
