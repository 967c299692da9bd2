"""Mistakes are located exactly and cheaply."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import ArrayReport, Explanation, GradientReport, Where, check
from tests.gradients.cases import affine, affine_back, affine_inputs, changed

SHAPES = [(6, 5), (20, 10), (4, 200), (300, 40)]


def wrong(change: Any, shape: tuple[int, int], seed: int = 0) -> GradientReport:
    arrays, dout = affine_inputs(seed, *shape)
    return check(
        affine,
        lambda i, d: {**(g := affine_back(i, d)), "w": change(g["w"])},
        arrays,
        dout,
        seed=seed,
    )


def failed(report: GradientReport) -> ArrayReport:
    assert report.status == "fail"
    assert [name for name, array in report.arrays.items() if array.status == "fail"] == ["w"]
    assert report.evaluations <= 250
    return report.arrays["w"]


def places(report: GradientReport) -> Where:
    where = failed(report).where
    assert where is not None
    return where


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("factor", [-1.0, 0.0, 1.01])
def test_a_row_or_a_column(shape: tuple[int, int], factor: float) -> None:
    row = places(wrong(lambda g: changed(g, shape[0] - 2, factor), shape))
    assert (row.rows, row.columns, row.elements) == ((shape[0] - 2,), (), ())
    column = places(wrong(lambda g: changed(g, (slice(None), 3), factor), shape))
    assert (column.rows, column.columns, column.elements) == ((), (3,), ())


@pytest.mark.parametrize("shape", [(20, 10), (300, 40)])
def test_several_rows(shape: tuple[int, int]) -> None:
    where = places(wrong(lambda g: changed(g, [1, 7, 12, 19], -1.0), shape))
    assert (where.rows, where.columns, where.elements) == ((1, 7, 12, 19), (), ())


@pytest.mark.parametrize("shape", SHAPES)
def test_two_swapped_rows(shape: tuple[int, int]) -> None:
    array = failed(wrong(lambda g: g[[*range(1), 3, 2, 1, *range(4, shape[0])]], shape))
    assert array.where is not None
    assert array.where.rows == (1, 3)
    assert array.explanation == Explanation("swapped")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(3))
def test_a_few_elements(shape: tuple[int, int], count: int, seed: int) -> None:
    rng = np.random.default_rng([seed, count])
    cells = sorted({(int(rng.integers(shape[0])), int(rng.integers(shape[1]))) for _ in range(count)})
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    where = places(wrong(lambda g: changed(g, (rows, columns), -1.0), shape, seed))
    assert where.elements == tuple(cells)
    assert where.rows == where.columns == ()


def test_one_thousandth_of_one_small_element_is_seen_and_found() -> None:
    for seed in range(30):
        arrays, dout = affine_inputs(seed, 30, 30)
        g = np.abs(affine_back(arrays, dout)["w"])
        small = np.unravel_index(int(np.argsort(g, axis=None)[5]), g.shape)  # among the smallest of 900
        where = places(wrong(lambda g, small=small: changed(g, small, 1.001), (30, 30), seed))
        assert where.elements == (tuple(int(i) for i in small),)


def test_one_element_has_both_numbers() -> None:
    report = wrong(lambda g: changed(g, (2, 3), 2.0), (20, 10))
    arrays, dout = affine_inputs(0, 20, 10)
    true = affine_back(arrays, dout)["w"][2, 3]
    explanation = failed(report).explanation
    assert explanation is not None
    assert explanation.kind == "value"
    assert (explanation.actual, explanation.expected) == pytest.approx((2 * true, true), rel=1e-6)


@pytest.mark.parametrize(
    ("factor", "kind"), [(-1.0, "sign"), (0.0, "zero"), (2.0, "scale"), (8.0, "scale"), (1.25, None)]
)
def test_what_several_rows_have_in_common(factor: float, kind: str | None) -> None:
    array = failed(wrong(lambda g: changed(g, [1, 7, 12], factor), (20, 10)))
    assert (array.explanation.kind if array.explanation is not None else None) == kind


def test_the_heat_map_is_bright_where_the_mistake_is() -> None:
    heat = np.array(places(wrong(lambda g: changed(g, (250, 20), -1.0), (300, 40))).heat)
    assert heat.shape == (16, 16)
    assert np.argwhere(heat > 0).tolist() == [[250 * 16 // 300, 20 * 16 // 40]]


def test_an_element_of_an_array_of_three_dimensions_has_a_full_index() -> None:
    x = np.random.default_rng(0).normal(size=(4, 5, 6))

    def back(i: Any, d: Any) -> Any:
        return {"x": changed(d * np.cos(i["x"]), (1, 2, 3), 1.5)}

    report = check(lambda i: np.sin(i["x"]), back, {"x": x}, np.ones((4, 5, 6)))
    where = report.arrays["x"].where
    assert where is not None
    assert where.elements == ((1, 2, 3),)


@pytest.mark.parametrize(
    ("shape", "expected"), [((300, 40), Explanation("spread")), ((6, 5), Explanation("most"))]
)
def test_a_mistake_everywhere_has_no_place(shape: tuple[int, int], expected: Explanation) -> None:
    array = failed(wrong(lambda g: g**2, shape))
    assert (array.explanation, array.where) == (expected, None)


@pytest.mark.parametrize("length", [3, 12, 200])
def test_a_vector_that_is_wrong_throughout_is_not_wrong_in_its_only_column(length: int) -> None:
    x = np.random.default_rng(0).normal(size=length)
    forward, dout = (lambda i: np.exp(i["x"])), np.ones(length)
    squared = check(forward, lambda i, d: {"x": i["x"] ** 2}, {"x": x}, dout).arrays["x"]
    zero = check(forward, lambda i, d: {"x": 0 * d}, {"x": x}, dout).arrays["x"]
    assert (squared.explanation, squared.where) == (Explanation("most"), None)
    assert (zero.explanation, zero.where) == (Explanation("zero"), None)
