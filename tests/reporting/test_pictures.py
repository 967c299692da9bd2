from __future__ import annotations

import math

import pytest

from grader.model import Evidence, Value
from grader.reporting.charts.pictures import BAR, error_bar, heat_map
from tests.reporting.reports import SNIPPET, outcome


@pytest.mark.parametrize(
    ("error", "x", "beyond"),
    [
        (1e-16, 0.0, False),
        (0.0, 0.0, False),
        (1e-8, 160.0, False),
        (1.0, BAR, False),
        (40.0, BAR, True),
        (math.nan, BAR, True),
        (math.inf, BAR, True),
    ],
)
def test_an_error_has_a_place_on_the_scale(error: float, x: float, beyond: bool) -> None:
    bar = error_bar(outcome(measurements={"scaled_error": error, "tolerance": 1e-7}))
    assert bar is not None
    assert (bar.error_x, bar.beyond) == (x, beyond)
    assert bar.tolerance_x == 180.0


def test_what_was_not_measured_has_no_bar() -> None:
    assert error_bar(outcome(measurements={})) is None
    assert error_bar(outcome(measurements={"scaled_error": "big", "tolerance": 1e-7})) is None


def heat(*rows: tuple[float, ...]) -> Evidence:
    return Evidence(SNIPPET, Value("nothing"), Value("nothing"), heat=rows)


def test_a_heat_map_has_one_path_a_shade() -> None:
    made = heat_map(outcome(evidence=heat((0.0, 0.05), (0.3, 2.0))))
    assert made is not None
    assert [(name, path) for name, _, path in made.shades] == [
        ("h0", "M0 0h1v1h-1z"),
        ("h2", "M1 0h1v1h-1z"),
        ("h3", "M0 1h1v1h-1z"),
        ("h4", "M1 1h1v1h-1z"),
    ]
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
