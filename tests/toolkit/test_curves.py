"""Curves of anything: each where it belongs, told apart without colour, and told in words."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import show_curves


def test_each_panel_has_its_curves() -> None:
    figure: Any = show_curves(
        {"Up": {"a": {1: 0.5, 2: 0.25}, "b": {1: 3.0, 2: 4.0}}, "Down": {"b": {1: 1.0, 2: 2.0}}},
        xlabel="layer",
        ylabel="size",
    )
    up, down = figure.axes
    assert [axes.get_title() for axes in (up, down)] == ["Up", "Down"]
    assert [(line.get_label(), list(line.get_xdata()), list(line.get_ydata())) for line in up.lines] == [
        ("a", [1, 2], [0.5, 0.25]),
        ("b", [1, 2], [3.0, 4.0]),
    ]
    (b,) = down.lines
    assert (b.get_color(), b.get_linestyle()) == (up.lines[1].get_color(), up.lines[1].get_linestyle())
    assert up.lines[0].get_linestyle() != up.lines[1].get_linestyle()  # told apart without colour too
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["a", "b"]
    assert figure.alt == (
        "Curves of size against layer. Up. a: 0.5 at 1, 0.25 at 2. b: 3 at 1, 4 at 2. "
        "Down. b: 1 at 1, 2 at 2."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_what_has_no_place_on_its_axis_leaves_a_gap() -> None:
    curve = {1: 1.0, 10: 0.0, 100: np.inf, 1000: 10.0}
    figure: Any = show_curves({"All": {"a": curve}}, xlabel="x", ylabel="y", log="xy")
    (axes,) = figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [1, np.nan, np.nan, 10])
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "10", "100", "1000"]
    assert "0 at 10, inf at 100" in figure.alt
    linear: Any = show_curves({"All": {"a": curve}}, xlabel="x", ylabel="y")
    np.testing.assert_array_equal(linear.axes[0].lines[0].get_ydata(), [1, 0, np.nan, 10])


def test_of_many_points_the_description_has_the_telling_ones() -> None:
    curve = {step: float((step - 20) ** 2) for step in range(50)}
    figure: Any = show_curves({"Steps": {"a": curve}}, xlabel="step", ylabel="loss")
    assert figure.alt.endswith("a: 400 at 0, 841 at 49, lowest 0 at 20, highest 841 at 49.")
    assert figure.axes[0].lines[0].get_marker() == ""
    lost: Any = show_curves({"Steps": {"a": dict.fromkeys(range(50), np.nan)}}, xlabel="step", ylabel="loss")
    assert lost.alt.endswith("a: 50 points, none a number.")


@pytest.mark.parametrize("panels", [{}, {"empty": {}}, {"empty": {"a": {}}}])
def test_nothing_to_draw_is_refused(panels: Any) -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        show_curves(panels, xlabel="x", ylabel="y")


def test_more_curves_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        show_curves({"All": {str(n): {1: 1.0} for n in range(7)}}, xlabel="x", ylabel="y")
