"""Patterns and places of a wrong array."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.diagnosis import find_pattern, find_place, heat_map
from grader.messages import say
from grader.model.reasons import WrongElements

RNG = np.random.default_rng(0)
E = RNG.normal(size=(5, 5))
W = RNG.normal(size=(5, 5))


@pytest.mark.parametrize(
    ("actual", "kind", "words"),
    [
        (-E, "sign", "wrong sign"),
        (E / 5, "scale", "1/N"),
        (E * 5, "scale", "N times"),
        (E * 2, "scale", "2 times too large"),
        (E / 2, "scale", "2 times too small"),
        (E * 0, "zero", "0 everywhere"),
        (np.maximum(E, 0), "rectified", "a ReLU too much"),
        (E - W[0], "term", "lacks the term b1"),
        (E.T, "transpose", "transposed"),
        (E[::-1], "reversed", "reversed"),
        (E - 0.7 * W, "term", "lacks the term reg · W1"),
        (E + 0.35 * W, "term", "contains an extra term: 0.5 · reg · W1"),
    ],
)
def test_a_pattern_is_named(actual: Any, kind: str, words: str) -> None:
    found = find_pattern("dW", actual, E, {"N": 5}, {"W1": W, "b1": W[0]}, 0.7)
    assert found is not None
    assert found.kind == kind
    assert words in say(found)


@pytest.mark.parametrize(
    "actual",
    [E + 0.01 * RNG.normal(size=E.shape), E * np.nan, E[:, :4], E**2],
    ids=["noise", "nan", "shape", "square"],
)
def test_what_fits_no_pattern_is_not_guessed(actual: Any) -> None:
    assert find_pattern("dW", actual, E, {"N": 5}, {"W1": W}, 0.7) is None


def test_the_largest_numbers_there_are_bring_no_warning() -> None:
    largest = np.full(E.shape, -np.finfo(float).max)
    assert find_pattern("dW", largest, np.abs(E) / 1_000, {"N": 5}, {"W1": W}, 0.7) is None


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (
            lambda w, v: 0.35 * (np.sum(w**2) + np.sum(v**2)),
            "lacks the term 0.5 · reg · Σ (the squares of W1 and W2)",
        ),
        (lambda w, v: 0.35 * np.sum(v**2), "lacks the term 0.5 · reg · Σ (the squares of W2)"),
        (lambda w, v: -0.35 * (np.sum(w**2) + np.sum(v**2)), "contains an extra term: 0.5 · reg"),
    ],
)
def test_a_penalty_that_is_missing_or_doubled_is_named(gap: Any, words: str) -> None:
    w, v = RNG.normal(size=(3, 4)), RNG.normal(size=(4, 2))
    right = np.float64(11.0)
    found = find_pattern("loss", right - gap(w, v), right, {}, {"W1": w, "W2": v, "b1": np.ones(4)}, 0.7)
    assert found is not None
    assert words in say(found)


def test_a_single_number_is_a_size_off_or_it_is_not_said() -> None:
    right = np.float64(1.5)
    found = find_pattern("loss", right * 5, right, {"N": 5}, {})
    assert found is not None
    assert "5 times too large" in say(found)
    assert find_pattern("loss", right * 4.9, right, {"N": 5}, {}) is None


def test_a_mean_is_named_for_the_examples_only() -> None:
    of_examples = find_pattern("db", E / 5, E, {"N": 5}, {})
    of_classes = find_pattern("db", E / 5, E, {"C": 5}, {})
    assert of_examples is not None
    assert of_classes is not None
    assert "mean over the examples" in say(of_examples)
    assert "examples" not in say(of_classes)


def test_where_the_right_array_is_zero_the_error_is_absolute() -> None:
    zeros, one_off = np.zeros((2, 3)), np.zeros((2, 3))
    one_off[1, 2] = 1e-3
    found = find_place("dW", one_off, zeros, 1e-7)
    assert found is not None
    assert found == WrongElements("dW", "[1, 2]", 1, 6)


def test_rows_columns_and_elements_are_named() -> None:
    row, column, element = E.copy(), E.copy(), E.copy()
    row[2] += 1
    column[:, [1, 3]] += 1
    element[0, 4] += 1
    for actual, kind, words in (
        (row, "rows", "Only row 2"),
        (column, "columns", "Only columns 1, 3"),
        (element, "elements", "[0, 4]"),
    ):
        found = find_place("dW", actual, E, 1e-7)
        assert found is not None
        assert (found.kind, words in say(found)) == (kind, True), found


def test_everything_or_nothing_wrong_is_no_place() -> None:
    assert find_place("dW", E + 1, E, 1e-7) is None
    assert find_place("dW", E, E, 1e-7) is None
    assert find_place("dW", np.where(E > 9, 0, np.nan), E, 1e-7) is None


def test_a_heat_map_is_small_and_finite() -> None:
    heat = heat_map(np.full((40, 100), np.nan), np.ones((40, 100)))
    assert (len(heat), len(heat[0])) == (16, 16)
    assert all(value == 1.0 for row in heat for value in row)
    assert heat_map(np.ones(3), np.ones(4)) == ()
