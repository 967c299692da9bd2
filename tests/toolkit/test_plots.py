"""Curves and tables: what they show, in the picture and in words."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import Solver, plot_history, show_tuning


class Model:
    def __init__(self) -> None:
        self.params: dict[str, Any] = {}

    def loss(self, X: Any, y: Any = None) -> Any:
        return np.zeros((len(X), 2)) if y is None else (0.0, {})


@pytest.fixture
def solver() -> Solver:
    X, y = np.zeros((4, 1)), np.array([0, 1, 0, 1])
    return Solver(Model(), {"X_train": X, "y_train": y, "X_val": X, "y_val": y}, verbose=False)


def test_history_shows_the_loss_of_iterations_and_the_accuracies_of_epochs(solver: Solver) -> None:
    solver.loss_history = [2.5, 1.5, 1.25, 1.0]
    solver.train_acc_history = [0.1, 0.5, 0.9]
    solver.val_acc_history = [0.2, 0.7, 0.6]
    figure: Any = plot_history(solver)
    loss, accuracy = figure.axes
    (curve,) = loss.lines
    assert (list(curve.get_xdata()), list(curve.get_ydata())) == ([1, 2, 3, 4], [2.5, 1.5, 1.25, 1])
    train, val = accuracy.lines
    assert (list(train.get_xdata()), list(train.get_ydata())) == ([0, 1, 2], [0.1, 0.5, 0.9])
    assert list(val.get_ydata()) == [0.2, 0.7, 0.6]
    # Told apart without colour too.
    assert (train.get_marker(), train.get_linestyle()) != (val.get_marker(), val.get_linestyle())
    assert [text.get_text() for text in accuracy.get_legend().get_texts()] == [
        "training",
        "validation",
    ]
    assert figure.alt == (
        "Training curves. Loss: 2.500 at the first iteration, 1.000 at the last (4). Accuracy "
        "from epoch 0 to 2: training 0.100 to 0.900, validation 0.200 to 0.600, at best 0.700 "
        "after epoch 1."
    )


def test_history_of_a_run_that_diverged_is_drawn(solver: Solver) -> None:
    solver.loss_history = [2.5, np.inf, np.nan]
    solver.train_acc_history = solver.val_acc_history = [0.1, 0.0]
    figure: Any = plot_history(solver)
    assert "nan at the last (3)" in figure.alt
    assert figure.png().startswith(b"\x89PNG")


def test_history_before_training_is_refused(solver: Solver) -> None:
    with pytest.raises(ValueError, match=r"call solver.train\(\) first"):
        plot_history(solver)


def test_tuning_ranks_the_settings() -> None:
    figure: Any = show_tuning(
        [
            {"learning_rate": 1e-3, "hidden_dim": 50, "val_acc": 0.2},
            {"learning_rate": 10.0, "hidden_dim": 50, "val_acc": np.nan},
            {"learning_rate": 0.3, "hidden_dim": 100, "val_acc": 0.81},
        ]
    )
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "learning_rate 0.3, hidden_dim 100",
        "learning_rate 0.001, hidden_dim 50",
        "learning_rate 10, hidden_dim 50",
    ]
    assert [bar.get_width() for bar in axes.patches[:2]] == [0.81, 0.2]
    assert [text.get_text() for text in axes.texts] == ["0.810", "0.200", "nan"]
    assert all(np.isfinite(text.get_position()).all() for text in axes.texts)
    top, bottom = axes.get_ylim()[1], axes.get_ylim()[0]
    assert top < 0 < 2 < bottom  # the best is on top, and every line is inside
    assert figure.alt == (
        "Validation accuracy of 3 settings. Best: 0.810 with learning_rate 0.3, hidden_dim 100. "
        "Worst: nan with learning_rate 10, hidden_dim 50."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_tuning_draws_the_best_of_many_and_describes_all() -> None:
    figure: Any = show_tuning([{"run": n, "val_acc": n / 100} for n in range(50)], show=5)
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "run 49",
        "run 48",
        "run 47",
        "run 46",
        "run 45",
    ]
    assert axes.get_title() == "Validation accuracy, best 5"
    assert "of 50 settings" in figure.alt
    assert "Worst: 0.000 with run 0" in figure.alt


def test_tuning_of_runs_without_a_named_setting() -> None:
    figure: Any = show_tuning([{"val_acc": 0.5}])
    assert "0.500 with no setting named" in figure.alt


@pytest.mark.parametrize(
    ("results", "message"),
    [([], "no results"), ([{"val_acc": 0.5}, {"lr": 1}], "has no 'val_acc', only 'lr'")],
)
def test_tuning_without_accuracies_is_refused(results: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show_tuning(results)
