from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reporting.charts.labels import Key, labels, spread
from grader.reporting.charts.strokes import cut, dots, downsample, path

NOWHERE = (math.nan, math.nan)


def test_a_path_is_written_in_tenths_and_in_steps() -> None:
    assert path([[(0, 0), (1.04, 2), (3, -0.5)]]) == "M0 0l10 20 20-25"


def test_steps_are_exact_to_a_tenth_however_many_there_are() -> None:
    numbers = path([[(i * 0.333, 0) for i in range(301)]]).split("l")[1].split()
    assert sum(map(int, numbers[::2])) == round(3.33 * 300)


def test_a_point_alone_is_a_dot() -> None:
    assert path([[(2, 3)]]) == "M20 30h0"
    assert dots([(1, 1), NOWHERE, (99, 1)], 10, 10) == "M10 10h0"


def test_a_line_breaks_where_a_point_has_no_place() -> None:
    assert cut([(1, 1), (2, 2), NOWHERE, (4, 4), NOWHERE], 10, 10) == [[(1, 1), (2, 2)], [(4, 4)]]


def test_a_line_is_cut_where_it_leaves_the_frame_and_where_it_comes_back() -> None:
    assert cut([(2, 5), (4, 15), (6, 5)], 10, 10) == [[(2, 5), (3, 10)], [(5, 10), (6, 5)]]
    assert cut([(5, 5), (-5, 20)], 10, 10) == [[(5, 5), (pytest.approx(5 / 3), 10)]]


def test_a_step_from_outside_to_outside_is_left_out() -> None:
    assert cut([(1, -50), (2, 50), (3, -50)], 10, 10) == []


@given(st.lists(st.tuples(*[st.floats(-1e9, 1e9) | st.just(math.nan)] * 2)))
def test_whatever_is_drawn_is_in_the_frame(points: list[tuple[float, float]]) -> None:
    for piece in cut(points, 10, 20):
        assert piece
        assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 20 + 1e-6 for x, y in piece)


def test_a_short_line_is_left_as_it_is() -> None:
    points = [(float(i), 0.0) for i in range(120)]
    assert downsample(points, 120) == points


def test_a_long_line_keeps_its_ends_its_peak_and_its_gap() -> None:
    points = [(i / 10, 5.0) for i in range(5000)]
    points[1234] = (123.4, 9.0)
    points[3333] = NOWHERE
    kept = downsample(points, 120)
    assert len(kept) <= 120 + 1
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert (123.4, 9.0) in kept
    assert [x for x, _ in kept if x == x] == sorted(x for x, _ in kept if x == x)
    assert sum(math.isnan(x) for x, _ in kept) == 1


def test_names_that_touch_are_moved_apart_by_the_same() -> None:
    assert spread([50, 54], 15, 190) == [44.5, 59.5]
    assert spread([54, 50], 15, 190) == [59.5, 44.5]


def test_names_keep_within_the_picture_and_stay_where_they_are_if_they_can() -> None:
    assert spread([0, 2, 100], 15, 190) == [0, 15, 100]
    assert spread([189, 190], 15, 190) == [175, 190]


@given(st.lists(st.floats(0, 200), min_size=1, max_size=10))
def test_names_never_touch(wanted: list[float]) -> None:
    places = sorted(spread(wanted, 15, 200))
    assert all(after - before >= 15 - 1e-6 for before, after in pairwise(places))
    assert places[0] >= -1e-6
    assert places[-1] <= 200 + 1e-6


@pytest.mark.parametrize(
    "names", [["a", "b", "c", "d", "e"], ["a" * 15], ["名前"], ["a\u202eb"], ["a", "a\n"]]
)
def test_names_that_do_not_fit_are_left_to_the_legend(names: list[str]) -> None:
    assert labels([Key("yours", "a"), Key("given", "b")], [10, 90], 15, 100)
    assert labels([Key("yours", name) for name in names], [50.0] * len(names), 15, 100) == ()
