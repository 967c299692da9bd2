from __future__ import annotations

import math

import pytest

from grader.model import Curve, Evidence
from grader.reporting.pictures import BAR, HEIGHT, chart, error_bar, heat_map
from tests.reporting.reports import SNIPPET, outcome


@pytest.mark.parametrize(
    ("error", "x", "beyond"),
    [(1e-16, 0.0, False), (0.0, 0.0, False), (1e-8, 160.0, False), (1.0, BAR, False), (40.0, BAR, True),
     (math.nan, BAR, True), (math.inf, BAR, True)],
)  # fmt: skip
def test_an_error_has_a_place_on_the_scale(error: float, x: float, beyond: bool) -> None:
    bar = error_bar(outcome(measurements={"scaled_error": error, "tolerance": 1e-7}))
    assert bar is not None
    assert (bar.error_x, bar.beyond) == (x, beyond)
    assert bar.tolerance_x == 180.0


def test_what_was_not_measured_has_no_bar() -> None:
    assert error_bar(outcome(measurements={})) is None
    assert error_bar(outcome(measurements={"scaled_error": "big", "tolerance": 1e-7})) is None


def heat(*rows: tuple[float, ...]) -> Evidence:
    return Evidence(SNIPPET, "", "", heat=rows)


def test_a_heat_map_has_one_path_a_shade() -> None:
    made = heat_map(outcome(evidence=heat((0.0, 0.05), (0.3, 2.0))))
    assert made is not None
    assert [(name, path) for name, _, path in made.shades] == [
        ("h0", "M0 0h1v1h-1z"), ("h2", "M1 0h1v1h-1z"), ("h3", "M0 1h1v1h-1z"), ("h4", "M1 1h1v1h-1z"),
    ]  # fmt: skip
    assert made.words == "3 of 4 entries are wrong."
    assert made.numbers == "   0  0.05\n 0.3     2"


def test_nan_is_as_wrong_as_can_be() -> None:
    made = heat_map(outcome(evidence=heat((math.nan, 0.0))))
    assert made is not None
    assert [name for name, _, _ in made.shades] == ["h0", "h4"]
    assert made.words.startswith("1 of 2")


@pytest.mark.parametrize("evidence", [None, heat(), heat((0.5,)), heat((0.5, 0.1), (0.2,))])
def test_no_heat_map_without_a_picture_in_it(evidence: Evidence | None) -> None:
    assert heat_map(outcome(evidence=evidence)) is None


def test_a_chart_runs_from_epoch_0_to_the_last() -> None:
    made = chart(Curve((0.0, 0.5, 1.0), (0.0, 0.25)))
    assert made is not None
    assert made.train == "0.0,120.0 160.0,60.0 320.0,0.0"
    assert made.rows[2] == (2, "100.0 %", "")
    assert abs(made.ends[0] - made.ends[1]) >= 14


def test_labels_of_close_curves_are_kept_apart() -> None:
    made = chart(Curve((0.1, 0.8), (0.1, 0.79)))
    assert made is not None
    assert made.ends[1] - made.ends[0] == pytest.approx(14)


def test_a_chart_survives_nan_and_needs_two_points() -> None:
    made = chart(Curve((math.nan, 0.5), ()))
    assert made is not None
    assert made.train.startswith(f"0.0,{HEIGHT}")
    assert chart(Curve((0.5,), (0.5,))) is None
    assert chart(Curve((), (0.5, 0.6))) is None
