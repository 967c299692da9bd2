"""Walks down the valley: each rule is really run, from the same place, on the valley's gradient."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import sgd, show_paths


def path_of(axes: Any) -> Any:
    return np.array(axes.lines[0].get_xydata())


def test_rules_walk_down_the_valley() -> None:
    rates = {"slow": (sgd, {"learning_rate": 0.5}), "fast": (sgd, {"learning_rate": 1.0})}
    figure: Any = show_paths(rates, quadratic=(0.5, 1.0), start=(-4.0, 2.0), steps=3)
    slow, fast = figure.axes
    np.testing.assert_allclose(path_of(slow), [(-4, 2), (-3, 1), (-2.25, 0.5), (-1.6875, 0.25)])
    np.testing.assert_allclose(path_of(fast), [(-4, 2), (-2, 0), (-1, 0), (-0.5, 0)])
    assert slow.get_title() == "slow: 1.7 away after 3 steps"
    assert figure.alt == (
        "Paths of 2 update rules from (-4, 2) down a valley whose lowest point is (0, 0). "
        "slow: 1.7 away after 3 steps. fast: 0.5 away after 3 steps."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_a_rule_keeps_its_memory_and_the_settings_stay_as_they_were() -> None:
    def counting(w: Any, dw: Any, config: Any) -> Any:
        config["t"] = config.get("t", 0) + 1
        w -= config["t"]  # in place, which is allowed
        return w, config

    settings: dict[str, Any] = {}
    figure: Any = show_paths({"counting": (counting, settings)}, start=(1.0, 1.0), steps=2)
    np.testing.assert_allclose(path_of(figure.axes[0]), [(1, 1), (0, 0), (-2, -2)])
    assert settings == {}


def test_three_rules_leave_the_fourth_place_empty() -> None:
    figure: Any = show_paths(dict.fromkeys("abc", (sgd, {"learning_rate": 3.0})), steps=200)
    assert [axes.get_visible() for axes in figure.axes] == [True, True, True, False]
    assert figure.axes[0].get_ylim() == (-3, 3)  # a walk that climbs out does not change the picture
    assert figure.png().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((None, {}), r"it returned \(None, a value of type dict\)"),
        (None, "it returned None"),
        ((np.zeros(3), {}), r"an array of shape \(3,\)"),
    ],
)
def test_a_rule_that_is_not_written_yet_is_named(answer: Any, told: str) -> None:
    with pytest.raises(ValueError, match=f"'unwritten' must return a pair, .*{told}"):
        show_paths({"unwritten": (lambda w, dw, config: answer, {})})


def test_no_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no rule to draw"):
        show_paths({})
