"""Patterns and places of a wrong array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.diagnosis import Pair, find_pattern, find_place, heat_map, pair_of
from grader.diagnosis.patterns import explains
from grader.messages import say
from grader.model import Finding
from grader.model.reasons import Scale, WrongElements

RNG = np.random.default_rng(0)
E, W = RNG.normal(size=(5, 5)), RNG.normal(size=(5, 5))
F, V = RNG.normal(size=(3, 3)), RNG.normal(size=(3, 3))
Made = Callable[[Any, Any, int], Any]


def two(made: Made, *, axis: str = "N") -> tuple[Pair, Pair]:
    """What a wrong answer makes of two cases, of five examples and of three."""
    return pair(made(E, W, 5), E, W, {axis: 5}, 0.7), pair(made(F, V, 3), F, V, {axis: 3}, 0.2)


def pair(actual: Any, expected: Any, weights: Any, sizes: dict[str, int], reg: float = 0.0) -> Pair:
    found = pair_of("dW", actual, expected, sizes, {"W1": weights, "b1": weights[0]}, reg)
    assert found is not None
    return found


def finding(*wrong: Pair, right: Sequence[Pair] = ()) -> Finding | None:
    pattern = find_pattern(wrong, right)
    return pattern.finding(wrong[0]) if pattern is not None else None


@pytest.mark.parametrize(
    ("made", "kind", "words"),
    [
        (lambda e, w, n: -e, "sign", "wrong sign"),
        (lambda e, w, n: e / n, "scale", "1/N"),
        (lambda e, w, n: e * n, "scale", "N times"),
        (lambda e, w, n: e * 2, "scale", "2 times too large"),
        (lambda e, w, n: e / 2, "scale", "2 times too small"),
        (lambda e, w, n: e * {5: 0.7, 3: 0.2}[n], "scale", "reg times"),
        (lambda e, w, n: e * 0, "zero", "0 everywhere"),
        (lambda e, w, n: np.maximum(e, 0), "rectified", "a ReLU too much"),
        (lambda e, w, n: e - w[0], "term", "lacks the term b1"),
        (lambda e, w, n: e.T, "transpose", "transposed"),
        (lambda e, w, n: e[::-1], "reversed", "reversed"),
        (lambda e, w, n: e - {5: 0.7, 3: 0.2}[n] * w, "term", "lacks the term reg · W1"),
        (lambda e, w, n: e + {5: 0.35, 3: 0.1}[n] * w, "term", "contains an extra term: 0.5 · reg · W1"),
    ],
)
def test_a_pattern_is_named(made: Made, kind: str, words: str) -> None:
    found = finding(*two(made))
    assert found is not None
    assert found.kind == kind
    assert words in say(found)


@pytest.mark.parametrize(
    "made",
    [
        lambda e, w, n: e + 0.01 * np.arange(e.size).reshape(e.shape),
        lambda e, w, n: e**2,
        lambda e, w, n: e * 1.021,
        lambda e, w, n: e - 0.03977 * w,
        lambda e, w, n: e * (2 if n == 5 else 4),
        lambda e, w, n: -e if n == 5 else e * 2,
        lambda e, w, n: e * 5,
    ],
    ids=["noise", "square", "1.021", "0.03977 of a term", "2, then 4", "sign, then 2", "5, be N what it may"],
)
def test_what_fits_no_pattern_of_all_cases_is_not_guessed(made: Made) -> None:
    assert finding(*two(made)) is None


def test_nan_and_another_shape_cannot_be_asked() -> None:
    assert pair_of("dW", E * np.nan, E, {}, {}) is None
    assert pair_of("dW", E[:, :4], E, {}, {}) is None
    assert pair_of("dW", E[:0], E[:0], {}, {}) is None


def test_one_case_or_one_entry_is_not_enough() -> None:
    first, second = two(lambda e, w, n: 2 * e)
    one = np.array([[3.0]])
    small = pair(2 * one, one, one, {"N": 1})
    assert finding(first) is None
    assert finding(small, small) is None
    assert finding(first, small) is None
    assert finding(first, second, small) is not None
    assert not explains(small)


def test_a_case_that_passes_may_not_contradict() -> None:
    wrong = two(lambda e, w, n: e * n)
    alone = pair(E[:1], E[:1], W[:1], {"N": 1})
    assert finding(*wrong, right=[alone]) is not None
    assert finding(*wrong, right=[pair(E, E, W, {"N": 5})]) is None


def test_a_size_that_is_the_same_everywhere_is_no_reason() -> None:
    cases = [pair(2 * e, e, W[:1], {"N": 2, "C": 2}) for e in (E[:2], E[2:4])]
    assert finding(*cases) == Scale("dW", 2.0)
    cases = [pair(3 * e, e, W[:1], {"N": 3, "C": 3}) for e in (E[:3], E[2:])]
    assert finding(*cases) is None


def test_the_largest_numbers_there_are_bring_no_warning() -> None:
    largest = np.full(E.shape, -np.finfo(float).max)
    assert finding(*[pair(largest, np.abs(E) / k, W, {"N": 5}, 0.7) for k in (1_000, 2_000)]) is None


def losses(gap: Callable[[Any, Any], float]) -> list[Pair]:
    found = []
    for seed in range(2):
        rng = np.random.default_rng(seed)
        w, v = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
        right = np.float64(11.0 + seed)
        inputs = {"W1": w, "W2": v, "b1": np.ones(4)}
        one = pair_of("loss", right - gap(w, v), right, {}, inputs, 0.7)
        assert one is not None
        found.append(one)
    return found


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
    found = finding(*losses(gap))
    assert found is not None
    assert words in say(found)
    assert finding(losses(gap)[0]) is None


def test_a_single_number_is_a_size_off_in_every_case_or_it_is_not_said() -> None:
    def numbers(*factors: float) -> list[Pair]:
        numbered = zip(factors, (5, 3), strict=False)
        found = [pair_of("loss", np.float64(f), np.float64(1.0), {"N": n}, {}) for f, n in numbered]
        return [one for one in found if one is not None]

    found = finding(*numbers(5, 3))
    assert found is not None
    assert "5 times too large" in say(found)
    assert finding(*numbers(4.9, 3)) is None
    assert finding(*numbers(5)) is None


def test_a_mean_is_named_for_the_examples_only() -> None:
    of_examples = finding(*two(lambda e, w, n: e / n))
    of_classes = finding(*two(lambda e, w, n: e / n, axis="C"))
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
