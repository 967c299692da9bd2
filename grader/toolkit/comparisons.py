"""Several training runs side by side: the loss and both accuracies, each in a panel of its own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.solver import Solver
from grader.toolkit.strokes import strokes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROOM = 2.5  # times the largest first loss: what lies above is outside the picture


def compare_histories(solvers: Mapping[str, Solver]) -> "Figure":
    """Draw several runs of training in three panels: loss, training and validation accuracy.

    `solvers` maps a name for each run to its Solver, after training; there may be up to six. All
    three panels count epochs, so that runs with batches of different sizes can be compared. The
    loss is drawn twice: faint as it was at every iteration, and bold as its mean over a twentieth
    of the run. A loss far above all first ones is outside the picture. Raises ValueError where
    there is no run, or one has not trained yet.
    """
    if not solvers:
        raise ValueError('there is nothing to compare: give {"name": solver, ...}')
    for name, solver in solvers.items():
        if not solver.loss_history:
            raise ValueError(f"{name!r} has nothing to draw yet: call train() of its solver first")
    from grader.toolkit.drawing import paper

    style = strokes(solvers)
    with paper(12.5, 4.2) as figure:
        loss_axes, train_axes, val_axes = figure.subplots(1, 3)
        for name, solver in solvers.items():
            losses = np.array(solver.loss_history)
            epochs = np.arange(1, len(losses) + 1) * (solver.epoch / len(losses))
            colour = style[name]["color"]
            loss_axes.plot(epochs, losses, color=colour, alpha=0.25, linewidth=0.6)
            at, means = _smooth(epochs, losses)
            loss_axes.plot(at, means, color=colour, linestyle=style[name]["linestyle"], linewidth=2)
            for axes, shares in (
                (train_axes, solver.train_acc_history),
                (val_axes, solver.val_acc_history),
            ):
                axes.plot(range(len(shares)), shares, **style[name], markersize=5, label=name)
        loss_axes.set(title="Training loss", xlabel="epoch", ylabel="loss")
        loss_axes.set_ylim(0, _ceiling([solver.loss_history for solver in solvers.values()]))
        for axes, title in ((train_axes, "Training accuracy"), (val_axes, "Validation accuracy")):
            axes.set(title=title, xlabel="epoch", ylabel="share that is right", ylim=(-0.02, 1.02))
            axes.xaxis.get_major_locator().set_params(integer=True)
        for axes in (loss_axes, train_axes, val_axes):
            axes.grid(alpha=0.3)
        handles, names = train_axes.get_legend_handles_labels()
        figure.legend(handles, names, loc="outside upper center", ncols=len(solvers), handlelength=3.5)
        figure.describe("Runs of training compared. " + " ".join(map(_description, solvers.items())))
    return figure


def _smooth(x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The mean of `y` over each stretch of a twentieth of its length, and the `x` in its middle."""
    width = max(1, len(y) // 20)
    window = np.ones(width) / width
    with np.errstate(invalid="ignore", over="ignore"):
        return np.convolve(x, window, mode="valid"), np.convolve(y, window, mode="valid")


def _ceiling(histories: Sequence[Sequence[float]]) -> float:
    """How high a loss may be and still be seen: a run that diverged must not flatten the others."""
    finite = np.concatenate([np.asarray(h)[np.isfinite(h)] for h in histories])
    first = [h[0] for h in histories if np.isfinite(h[0])]
    if not finite.size:
        return 1.0
    highest = float(finite.max())
    return 1.05 * (min(highest, ROOM * max(first)) if first else highest) or 1.0


def _description(run: tuple[str, Solver]) -> str:
    """One run in words."""
    name, solver = run
    losses, train, val = solver.loss_history, solver.train_acc_history, solver.val_acc_history
    return (
        f"{name}: loss {losses[0]:.3f} at the first of {len(losses)} iterations, {losses[-1]:.3f} at "
        f"the last; training accuracy {train[0]:.3f} to {train[-1]:.3f}, "
        f"validation {val[0]:.3f} to {val[-1]:.3f}."
    )
