from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest

from grader.model import Line, Plot
from grader.reporting.charts.chart import NARROW, WIDE, Chart, chart, chart_row, trajectory_plot
from grader.reporting.charts.labels import Key
from tests.reporting.reports import accuracy, trajectory

NAN = math.nan


def plot(*lines: Line, **changes: Any) -> Plot:
    return replace(Plot("Training loss", "iteration", "loss", lines), **changes)


def drawn(*lines: Line, **changes: Any) -> Chart:
    made = chart(plot(*lines, **changes))
    assert made is not None
    return made


def run(*y: float, **changes: Any) -> Line:
    return replace(Line("loss", y), **changes)


def reference(*y: float, **changes: Any) -> Line:
    return run(*y, role="reference", **changes)


def places(data: str) -> list[tuple[float, float]]:
    """The points of a path of one piece, in units of the picture."""
    start, _, steps = data.removeprefix("M").partition("l")
    x, y = map(int, start.split())
    points = [(x / 10, y / 10)]
    numbers = list(map(int, re.findall(r"-?\d+", steps)))
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 10, y / 10))
    return points


def test_a_line_runs_from_the_first_place_to_the_last() -> None:
    made = drawn(run(0.0, 0.5, 1.0), scale="share")
    width, height = made.width, made.height
    assert places(made.strokes[0].path) == [
        (0, height),
        (pytest.approx(width / 2, abs=0.1), height / 2),
        (width, 0),
    ]
    assert [(tick.text, tick.at) for tick in made.x_ticks] == [
        ("0", 0.0),
        ("1", pytest.approx(width / 2, abs=0.1)),
        ("2", width),
    ]
    assert (made.y_ticks[0].text, made.y_ticks[0].at) == ("0 %", height)


def test_places_that_are_given_are_used_and_an_axis_near_zero_begins_there() -> None:
    made = drawn(run(1.0, 3.0, 2.0, x=(5.0, 55.0, 100.0)))
    assert [x / made.width for x, _ in places(made.strokes[0].path)] == pytest.approx(
        [0.05, 0.55, 1], abs=1e-3
    )
    assert drawn(run(1.0, 2.0, x=(50.0, 100.0))).x_ticks[0].text == "50"


@pytest.mark.parametrize("y", [(), (NAN, NAN), (math.inf, -math.inf), (1e200,)])
def test_nothing_to_draw_gives_no_picture(y: tuple[float, ...]) -> None:
    assert chart(plot(run(*y))) is None
    assert chart(plot()) is None
    assert chart_row([plot(run(*y))]) is None


def test_a_logarithmic_picture_needs_a_value_above_zero() -> None:
    assert chart(plot(run(0.0, -1.0), scale="log")) is None
    made = drawn(run(0.0, 1e-3, 0.1, -2.0, 1.0), scale="log")
    assert made.strokes[0].path.count("M") == 2
    assert "Your line has 2 values that cannot be drawn, the first is 0 at iteration 0." in made.note


def test_a_line_breaks_at_nan_and_the_picture_says_so() -> None:
    made = drawn(run(1.0, 2.0, NAN, 4.0), reference(1.0, 1.0, 1.0, 1.0))
    assert made.strokes[1].path.count("M") == 2
    assert made.note == "Your line has a value that cannot be drawn: nan at iteration 2."
    assert made.words.endswith(made.note)


def test_a_place_that_is_not_finite_is_left_out() -> None:
    made = drawn(run(1.0, 2.0, 3.0, x=(0.0, NAN, 2.0)))
    assert [tick.text for tick in made.x_ticks] == ["0", "1", "2"]
    assert [row[0] for row in made.table.rows] == ["0", "2"]


def test_a_single_point_is_a_dot() -> None:
    assert re.fullmatch(r"M\d+ \d+h0", drawn(run(0.7)).strokes[0].path)


def test_a_run_that_flies_away_is_cut_at_the_frame_and_the_words_say_so() -> None:
    made = drawn(run(2.0, 3.0, 1e6, 1e9), reference(2.0, 1.5, 1.0, 0.5))
    assert made.y_ticks[-1].text == "4"
    assert all(0 <= y <= made.height for _, y in places(made.strokes[1].path))
    assert made.note == "Your line leaves the picture at iteration 2 and gets as far as 1e9."


def test_the_picture_holds_a_run_that_is_nowhere_near_the_reference() -> None:
    made = drawn(run(500.0, 600.0), reference(1.0, 2.0))
    assert made.note == ""
    assert [stroke.kind for stroke in made.strokes] == ["reference", "yours hue1"]


def test_who_is_right_is_told_that_the_lines_are_the_same() -> None:
    assert drawn(run(1.0, 2.0), reference(1.0, 2.0)).note == "Your line and the reference’s are the same."
    assert drawn(run(1.0, 2.0), reference(1.0, 3.0)).note == ""
    both = (run(1.0, 2.0, name="adam"), run(3.0, 2.0, name="sgd"))
    rights = (reference(1.0, 2.0, name="adam"), reference(2.0, 1.0, name="sgd"))
    assert drawn(*both, *rights).note == "The same as the reference’s: `adam`."


def test_a_name_has_one_colour_for_both_and_one_line_is_told_by_whose_it_is() -> None:
    several = chart(accuracy(), NARROW)
    assert several is not None
    assert [(s.kind, bool(s.dots)) for s in several.strokes] == [
        ("given", False),
        ("reference hue1", False),
        ("yours hue1", True),
        ("yours hue2", True),
    ]
    assert several.keys == (
        Key("yours hue1", "training"),
        Key("yours hue2", "validation"),
        Key("given", "guessing"),
        Key("reference", "thin: the reference"),
    )
    alone = chart(plot(run(1.0, 2.0), reference(1.0, 1.5)), NARROW)
    assert alone is not None
    assert alone.keys == (Key("yours hue1", "yours"), Key("reference", "reference"))


def test_a_reference_without_a_line_of_the_students_has_an_entry_of_its_own() -> None:
    made = chart(plot(run(1.0, name="a"), run(2.0, name="b"), reference(3.0, name="c")), NARROW)
    assert made is not None
    assert made.keys[-1] == Key("reference hue3", "c, reference")


def test_names_stand_at_the_ends_of_their_lines_where_there_is_room() -> None:
    made = drawn(run(1.0, 2.0), reference(1.0, 1.95))
    assert [(label.key.text, label.y > label.end) for label in made.labels] == [
        ("yours", False),
        ("reference", True),
    ]
    assert abs(made.labels[0].y - made.labels[1].y) == pytest.approx(WIDE.row, abs=0.1)
    assert made.keys == ()


@pytest.mark.parametrize(
    "lines",
    [
        (run(1.0, 2.0), reference(1.0, 1.5, 1.2, 1.1)),  # ends half-way
        (run(1.0, NAN), reference(1.0, 1.5)),  # has no end
        (run(1.0, 2.0, name="a" * 40), run(2.0, 1.0, name="b")),
        tuple(run(1.0, 2.0 + i / 100, name=str(i)) for i in range(8)),  # all end in one place
    ],
)
def test_where_names_do_not_fit_there_is_a_legend(lines: tuple[Line, ...]) -> None:
    made = drawn(*lines)
    assert made.labels == ()
    assert len(made.keys) == len(lines)


def test_pictures_side_by_side_share_a_legend_and_the_colour_of_a_name() -> None:
    first = plot(run(1.0, 2.0, name="sgd"), run(2.0, 1.0, name="adam"))
    second = plot(run(3.0, 2.0, name="adam"), run(NAN, NAN, name="sgd"))
    row = chart_row([first, second, first])
    assert row is not None
    assert row.keys == (Key("yours hue1", "sgd"), Key("yours hue2", "adam"))
    assert all(not made.keys for made in row.charts)
    assert [stroke.kind for stroke in row.charts[1].strokes] == ["yours hue2"]


def test_pictures_of_different_things_have_their_own_legends() -> None:
    row = chart_row([accuracy(), plot(run(1.0, 2.0)), accuracy()])
    assert row is not None
    assert row.keys == ()
    assert [len(made.keys) for made in row.charts] == [4, 1, 4]


def test_three_pictures_are_narrow_and_two_are_wide() -> None:
    for count, narrow in ((2, False), (3, True)):
        row = chart_row([accuracy()] * count)
        assert row is not None
        assert row.narrow is narrow


def test_the_words_tell_ends_and_what_stands_out() -> None:
    made = drawn(run(2.0, 0.5, 1.0), reference(2.0, 1.5))
    assert made.words.startswith(
        "loss by iteration, from 0 to 2. yours: 2.00 to 1.00, lowest 0.500 at 1. "
        "reference: 2.00 to 1.50 at 1."
    )


def test_the_table_has_every_value_of_a_short_run() -> None:
    made = drawn(run(1.0, NAN, 0.25), reference(2.0, 1.5))
    assert made.table.head == ("iteration", "yours", "reference")
    assert made.table.rows == (("0", "1.00", "2.00"), ("1", "nan", "1.50"), ("2", "0.25", ""))


def test_the_table_of_a_long_run_has_each_fifth_value_and_the_last() -> None:
    made = drawn(
        run(*(i / 100 for i in range(100))), reference(*(0.5,) * 48, x=tuple(2.1 * i for i in range(48)))
    )
    assert [row[0] for row in made.table.rows[:2]] == ["0", "6"]
    assert len(made.table.rows) <= 25
    assert made.table.rows[-1][0] == "99"
    assert all(made.table.rows[index][1] for index in (0, 4, -1))
    made = drawn(run(*(i / 100 for i in range(100))))
    assert list(made.table.rows[1:3]) == [("5", "0.05"), ("10", "0.10")]


def test_a_long_line_is_thinned_for_the_picture() -> None:
    made = drawn(run(*(math.sin(i / 300) for i in range(20_000))))
    assert len(places(made.strokes[0].path)) <= 121


def test_a_value_that_is_no_share_leaves_the_picture() -> None:
    made = drawn(run(0.5, 1.4, 0.5), scale="share")
    assert made.strokes[0].path.count("M") == 2
    assert "leaves the picture at iteration 1 and gets as far as 140\xa0%." in made.note


def quadratic(
    yours: list[list[float]], other: list[list[float]], sizes: tuple[float, float] = (0.1, 2.0)
) -> Chart:
    run = trajectory_plot(
        trajectory(measurements={"quadratic": list(sizes), "yours": yours, "reference": other}),
        "sgd_momentum",
    )
    assert run is not None
    made = chart(run)
    assert made is not None
    return made


PATH = [[-4.0, 1.0], [-2.0, -0.5], [-1.0, 0.2], [0.0, 0.0]]


def test_a_path_is_drawn_on_its_valley_from_the_start_to_the_minimum() -> None:
    made = quadratic(PATH, PATH)
    points = places(made.strokes[1].path)
    assert made.title == "Path of sgd_momentum on a valley"
    assert made.quadratic is not None
    assert made.start == pytest.approx(points[0], abs=0.1)
    assert (made.quadratic.x, made.quadratic.y) == pytest.approx(points[-1], abs=0.1)
    assert [stroke.kind for stroke in made.strokes] == ["reference", "yours hue1"]
    assert [key.text for key in made.keys] == ["yours", "reference", "start", "minimum"]
    assert made.strokes[1].dots.count("h0") == 4
    assert made.table.head == ("point", "yours, x", "yours, y", "reference, x", "reference, y")
    assert made.table.rows[1] == ("2", "−2.000", "−0.500", "−2.000", "−0.500")


def test_level_lines_are_those_of_the_valley() -> None:
    """½ (a x² + b y²) is the same at the end of both half axes."""
    made = quadratic(PATH, PATH, (0.5, 2.0))
    assert made.quadratic is not None
    (x0, y0), (x1, y1) = places(made.strokes[0].path)[:2]
    across, down = (x1 - x0) / 2.0, (y1 - y0) / 1.5
    for rx, ry in made.quadratic.levels:
        assert 0.5 * (rx / across) ** 2 == pytest.approx(2.0 * (ry / down) ** 2, rel=0.05)


def test_a_path_that_flies_away_is_cut_and_the_words_say_where() -> None:
    flown = [[-4.0, 1.0], [-3.0, -4.0], [-2.0, 16.0], [-1.0, -64.0]]
    made = quadratic(flown, PATH)
    assert all(0 <= y <= made.height for _, y in places(made.strokes[1].path))
    assert made.note == "Your line leaves the picture at point 2, (−3.00, −4.00)."


def test_a_path_along_an_axis_or_without_a_reference_has_a_picture() -> None:
    made = quadratic([[5.0, 0.0], [1.0, 0.0]], [])
    (x0, y0), (x1, y1) = places(made.strokes[0].path)
    assert y0 == y1 == pytest.approx(made.height / 2, abs=0.1)
    assert 0 < x1 < x0 < made.width


@pytest.mark.parametrize("sizes", [(0.0, 1.0), (-1.0, 1.0), (NAN, 1.0), (1e-300, 1.0), (math.inf, 1.0)])
def test_a_valley_that_is_none_has_no_level_lines(sizes: tuple[float, float]) -> None:
    made = drawn(run(0.0, 1.0, x=(0.0, 1.0)), quadratic=sizes)
    assert made.quadratic is not None
    assert made.quadratic.levels == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"quadratic": None},
        {"quadratic": [1.0]},
        {"quadratic": [0.0, 1.0]},
        {"quadratic": [1.0, -1.0]},
        {"quadratic": "ab"},
        {"quadratic": [True, 1.0]},
        {"quadratic": [1.0, NAN]},
        {"quadratic": [10**400, 1.0]},
        {"yours": []},
        {"yours": None},
        {"yours": {"x": 1}},
        {"yours": [[1.0]]},
        {"yours": [[1.0, "2"]]},
        {"yours": [1.0, 2.0]},
        {"yours": [[NAN, 0.0]]},
        {"reference": [[0.0]]},
        {"reference": 7},
    ],
)
def test_a_malformed_run_has_no_picture(wrong: dict[str, Any]) -> None:
    right = trajectory()
    assert trajectory_plot(right, "sgd") is not None
    assert trajectory_plot(replace(right, measurements={**right.measurements, **wrong}), "sgd") is None


def test_only_a_public_track_is_a_run() -> None:
    assert trajectory_plot(trajectory(hidden=True), "sgd") is None
    assert trajectory_plot(trajectory(measurements={}), "sgd") is None
