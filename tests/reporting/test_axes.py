from __future__ import annotations

import math

import pytest

from grader.reporting.charts.axes import Axis, between, decades, linear, place, position, reading, shares


def texts(axis: Axis) -> list[str]:
    return [tick.text for tick in axis.ticks]


def test_a_linear_axis_runs_between_round_numbers() -> None:
    axis = linear(0.13, 2.31, 4)
    assert (axis.low, axis.high) == (0, 3)
    assert texts(axis) == ["0", "1", "2", "3"]
    assert [tick.at for tick in axis.ticks] == pytest.approx([0, 1 / 3, 2 / 3, 1])


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 0.9, ["0", "0.5", "1.0"]),
        (-2, 6, ["−2", "0", "2", "4", "6"]),
        (1.000001, 1.000003, ["1.0000010", "1.0000015", "1.0000020", "1.0000025", "1.0000030"]),
        (0, 4e9, ["0", "1e9", "2e9", "3e9", "4e9"]),
        (3, 3, ["1", "2", "3", "4", "5"]),
        (0, 0, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
        (1e-320, 3e-320, ["−1.0", "−0.5", "0", "0.5", "1.0"]),
    ],
)
def test_ticks_are_round_and_have_the_digits_that_tell_them_apart(
    low: float, high: float, expected: list[str]
) -> None:
    assert texts(linear(low, high, 4)) == expected


def test_an_axis_between_two_values_keeps_them_as_its_ends() -> None:
    axis = between(5, 995, 4)
    assert (axis.low, axis.high) == (5, 995)
    assert texts(axis) == ["200", "400", "600", "800"]
    assert axis.ticks[0].at == pytest.approx(195 / 990)


def test_epochs_are_counted_in_whole_numbers() -> None:
    assert texts(between(0, 2, 6, least=1)) == ["0", "1", "2"]
    assert texts(between(0, 2, 6)) == ["0", "0.5", "1.0", "1.5", "2.0"]


def test_a_single_place_has_one_tick_in_the_middle() -> None:
    axis = between(7, 7, 5)
    assert [(tick.at, tick.text) for tick in axis.ticks] == [(0.5, "7")]
    assert place(axis, 7) == 0.5


def test_a_logarithmic_axis_has_whole_decades() -> None:
    axis = decades([0.02, 30], 5)
    assert texts(axis) == ["0.01", "0.1", "1", "10", "100"]
    assert place(axis, 1) == pytest.approx(0.5)


def test_many_decades_are_ticked_at_equal_steps() -> None:
    assert texts(decades([3e-9, 0.08], 4)) == ["1e−9", "1e−7", "1e−5", "0.001", "0.1"]
    assert texts(decades([1.0], 4)) == ["1", "10"]


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf, 1e200])
def test_what_a_logarithmic_axis_cannot_show_has_no_place(value: float) -> None:
    assert math.isnan(place(decades([0.1, 10], 4), value))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1e308])
def test_what_no_axis_can_show_has_no_place(value: float) -> None:
    assert math.isnan(place(shares(), value))


def test_shares_are_read_as_per_cent() -> None:
    assert texts(shares()) == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert place(shares(), 0.25) == 0.25


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.3, "2.30"),
        (-0.05, "−0.0500"),
        (12345.6, "12346"),
        (3.1e-8, "3.1e−8"),
        (1e30, "1e30"),
        (math.nan, "nan"),
        (-math.inf, "−inf"),
    ],
)
def test_a_value_is_read_in_few_digits(value: float, text: str) -> None:
    assert reading(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (123456.0, "123456"), (2.5, "2.500"), (-3.0, "−3")])
def test_a_whole_place_is_written_in_full(value: float, text: str) -> None:
    assert position(value) == text
