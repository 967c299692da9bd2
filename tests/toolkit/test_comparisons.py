"""Several runs in three panels: what is drawn, and what is told of it."""

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from grader.toolkit import Solver, compare_histories
from grader.toolkit.strokes import STROKES, strokes
from tests.toolkit.test_drawing import contrast


class Model:
    def __init__(self) -> None:
        self.params: dict[str, Any] = {}

    def loss(self, X: Any, y: Any = None) -> Any:
        return np.zeros((len(X), 2)) if y is None else (0.0, {})


def run(losses: Any, train: list[float], val: list[float]) -> Solver:
    X, y = np.zeros((4, 1)), np.array([0, 1, 0, 1])
    solver = Solver(Model(), {"X_train": X, "y_train": y, "X_val": X, "y_val": y}, verbose=False)
    solver.loss_history = list(losses)
    solver.train_acc_history, solver.val_acc_history = train, val
    solver.epoch = len(train) - 1
    return solver


def test_three_panels_count_epochs() -> None:
    figure: Any = compare_histories(
        {
            "batches": run([2.0, 1.0, 0.5, 0.25], [0.1, 0.5, 0.75], [0.2, 0.4, 0.6]),
            "single": run(np.linspace(3, 1, 40), [0.1, 0.25, 1.0], [0.2, 0.3, 0.5]),
        }
    )
    loss, train, val = figure.axes
    assert [axes.get_title() for axes in figure.axes] == [
        "Training loss",
        "Training accuracy",
        "Validation accuracy",
    ]
    raw, bold, raw_single, bold_single = loss.lines
    np.testing.assert_allclose(raw.get_xdata(), [0.5, 1, 1.5, 2])  # two iterations an epoch
    assert list(raw.get_ydata()) == list(bold.get_ydata()) == [2.0, 1.0, 0.5, 0.25]
    assert raw_single.get_xdata()[-1] == 2  # twenty an epoch: the runs end at the same place
    assert len(bold_single.get_ydata()) == 39  # means of two neighbours
    np.testing.assert_allclose(bold_single.get_ydata()[0], np.mean(raw_single.get_ydata()[:2]))
    np.testing.assert_allclose(bold_single.get_xdata()[0], np.mean(raw_single.get_xdata()[:2]))
    assert [list(line.get_ydata()) for line in train.lines] == [[0.1, 0.5, 0.75], [0.1, 0.25, 1.0]]
    assert [list(line.get_ydata()) for line in val.lines] == [[0.2, 0.4, 0.6], [0.2, 0.3, 0.5]]
    assert list(val.lines[0].get_xdata()) == [0, 1, 2]
    assert train.get_ylim()[1] > 1  # the mark of an accuracy of 1 is not cut in half
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["batches", "single"]
    assert figure.alt == (
        "Runs of training compared. batches: loss 2.000 at the first of 4 iterations, 0.250 at the "
        "last; training accuracy 0.100 to 0.750, validation 0.200 to 0.600. single: loss 3.000 at "
        "the first of 40 iterations, 1.000 at the last; training accuracy 0.100 to 1.000, "
        "validation 0.200 to 0.500."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_a_run_that_diverged_does_not_flatten_the_others() -> None:
    accuracies = [0.1, 0.1], [0.1, 0.1]
    figure: Any = compare_histories(
        {"good": run([2.0, 1.0], *accuracies), "bad": run([2.0, 1e30, np.inf, np.nan], *accuracies)}
    )
    assert figure.axes[0].get_ylim() == (0, pytest.approx(1.05 * 5))
    assert "bad: loss 2.000 at the first of 4 iterations, nan at the last" in figure.alt
    assert figure.png().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("losses", "top"), [([np.nan, np.nan], 1), ([np.nan, 3.0], 3.15), ([0.0], 1), ([2, 3], 3.15)]
)
def test_a_loss_always_has_room(losses: Any, top: float) -> None:
    figure: Any = compare_histories({"run": run(losses, [0.1, 0.1], [0.1, 0.1])})
    assert figure.axes[0].get_ylim()[1] == pytest.approx(top)


def test_runs_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        compare_histories({})
    with pytest.raises(ValueError, match=r"'new' has nothing to draw yet: call train\(\)"):
        compare_histories({"new": run([], [], [])})


def test_strokes_are_told_apart_with_and_without_colour() -> None:
    given = strokes("abcdef").values()
    assert len({to_hex(stroke["color"]) for stroke in given}) == 6
    assert len({stroke["marker"] for stroke in given}) == 6
    assert len({str(stroke["linestyle"]) for stroke in given}) == 6
    assert all(contrast(colour, "white") >= 3 for colour, _, _ in STROKES)
    with pytest.raises(ValueError, match="7 curves in one picture are too many"):
        strokes("abcdefg")
