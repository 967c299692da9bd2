"""Curves of a training run, and a table of the hyperparameters that were tried."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grader.toolkit.solver import Solver

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plot_history(solver: Solver) -> "Figure":
    """Draw a run of training: the loss of every iteration, and both accuracies by epoch.

    Raises ValueError where the solver has not trained yet.
    """
    losses, train, val = solver.loss_history, solver.train_acc_history, solver.val_acc_history
    if not losses:
        raise ValueError("there is nothing to draw yet: call solver.train() first")
    from grader.toolkit.drawing import BLUE, VERMILLION, paper

    with paper(10, 3.8) as figure:
        loss_axes, accuracy_axes = figure.subplots(1, 2)
        loss_axes.plot(range(1, len(losses) + 1), losses, color=BLUE, linewidth=0.9)
        loss_axes.set(title="Training loss", xlabel="iteration", ylabel="loss")

        epochs = range(len(train))
        accuracy_axes.plot(epochs, train, "o-", color=BLUE, label="training")
        accuracy_axes.plot(epochs, val, "s--", color=VERMILLION, label="validation")
        accuracy_axes.set(title="Accuracy", xlabel="epoch", ylabel="share that is right")
        accuracy_axes.set_ylim(0, 1)
        accuracy_axes.xaxis.get_major_locator().set_params(integer=True)
        accuracy_axes.legend(loc="lower right")
        for axes in (loss_axes, accuracy_axes):
            axes.grid(alpha=0.3)

        best = max(val)
        figure.describe(
            f"Training curves. Loss: {losses[0]:.3f} at the first iteration, {losses[-1]:.3f} at "
            f"the last ({len(losses)}). Accuracy from epoch 0 to {len(train) - 1}: training "
            f"{train[0]:.3f} to {train[-1]:.3f}, validation {val[0]:.3f} to {val[-1]:.3f}, "
            f"at best {best:.3f} after epoch {val.index(best)}."
        )
    return figure


def show_tuning(results: Sequence[Mapping[str, Any]], *, show: int = 20) -> "Figure":
    """Draw what was tried, best first: each setting in words, and its validation accuracy.

    `results` has one dictionary for each run, with `val_acc` (0 to 1) and the hyperparameters
    under any names: `{"learning_rate": 0.3, "hidden_dim": 50, "val_acc": 0.81}`. The best `show`
    of them are drawn; a run whose accuracy is NaN comes last. Raises ValueError where there is
    none, or one has no `val_acc`.
    """
    if not results:
        raise ValueError("there are no results to show")
    for result in results:
        if "val_acc" not in result:
            raise ValueError(f"a result has no 'val_acc', only {', '.join(map(repr, result))}")
    from grader.toolkit.drawing import BLUE, paper

    ranked = sorted(results, key=_rank)
    shown = ranked[:show]
    settings = [_setting(result) for result in shown]
    accuracies = [float(result["val_acc"]) for result in shown]
    with paper(8, 0.9 + 0.3 * len(shown)) as figure:
        axes = figure.subplots()
        rows = range(len(shown))
        axes.barh(rows, accuracies, height=0.6, color=BLUE)
        for row, accuracy in zip(rows, accuracies, strict=True):
            position = accuracy if math.isfinite(accuracy) else 0
            axes.text(position + 0.01, row, f"{accuracy:.3f}", va="center", fontsize=9)
        axes.set_yticks(rows, settings, fontsize=9)
        axes.set_ylim(len(shown) - 0.5, -0.5)  # best on top; a NaN has no bar, but has its line
        axes.set_xlim(0, 1.1)  # room for the figures behind the longest bar
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        title = f"{len(results)} tried" if len(shown) == len(results) else f"best {len(shown)}"
        axes.set(title=f"Validation accuracy, {title}", xlabel="share that is right")

        figure.describe(
            f"Validation accuracy of {len(results)} settings. "
            f"Best: {accuracies[0]:.3f} with {settings[0]}. "
            f"Worst: {float(ranked[-1]['val_acc']):.3f} with {_setting(ranked[-1])}."
        )
    return figure


def _rank(result: Mapping[str, Any]) -> float:
    """A number that is smaller for a better result, and largest for NaN."""
    accuracy = float(result["val_acc"])
    return math.inf if math.isnan(accuracy) else -accuracy


def _setting(result: Mapping[str, Any]) -> str:
    """The hyperparameters of one result in words: `learning_rate 0.3, hidden_dim 50`."""
    pairs = ((name, value) for name, value in result.items() if name != "val_acc")
    written = (
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}" for name, value in pairs
    )
    return ", ".join(written) or "no setting named"
