"""Gradients layer by layer: sizes that are drawn, and those that have no place on a log axis."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import show_gradient_sizes


def heights(axes: Any) -> Any:
    return [list(line.get_ydata()) for line in axes.lines]


def test_biases_and_weights_have_a_panel_each() -> None:
    small = {
        "W1": np.array([[3e-30, -4e-30]], dtype=np.float32),  # its square is 0 in float32
        "b1": np.array([1.0, 7.0]),
        "W2": np.array([[2.0]]),
        "b2": np.array([-0.5]),
    }
    large = {"W1": np.ones((1, 1)), "b1": np.ones(1)}
    figure: Any = show_gradient_sizes({"two layers": small, "one layer": large})
    biases, weights = figure.axes
    assert biases.get_yscale() == weights.get_yscale() == "log"
    assert heights(biases) == [[5.0, 0.5], [1.0]]
    np.testing.assert_allclose(heights(weights)[0], [np.sqrt(12.5) * 1e-30, 2.0])
    assert list(weights.lines[0].get_xdata()) == [1, 2]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["two layers", "one layer"]
    assert figure.alt == (
        "Root mean square of the gradients from the first layer to the last. "
        "two layers: biases 5, 0.5; weights 3.5e-30, 2. one layer: biases 1; weights 1."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_nothing_and_too_much_leave_a_gap_and_are_told() -> None:
    grads = {
        "W1": np.zeros((2, 2)),
        "b1": np.array([np.inf]),
        "W2": np.ones((1, 1)),
        "b2": np.array([np.nan]),
    }
    figure: Any = show_gradient_sizes({"net": grads})
    assert np.isnan(heights(figure.axes[0])[0]).all()
    np.testing.assert_equal(heights(figure.axes[1])[0], [np.nan, 1.0])
    assert "biases inf, nan; weights 0, 1." in figure.alt
    assert figure.png().startswith(b"\x89PNG")


def test_gradients_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="there is nothing to draw"):
        show_gradient_sizes({})
    with pytest.raises(ValueError, match="the gradients of 'net' have no b1, only nothing"):
        show_gradient_sizes({"net": {}})
    with pytest.raises(ValueError, match="the gradients of 'net' have no W1, only 'b1'"):
        show_gradient_sizes({"net": {"b1": np.ones(1)}})
