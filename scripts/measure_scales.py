"""Print the test accuracy of a two-layer net on the embedded Fashion images, by pixel scale.

    python scripts/measure_scales.py [--epochs 5] [--seeds 3] [--hidden 50]

One line a setting: mean and range of the test accuracy over the seeds. It is what the defaults of
`load_fashion` and the assignments' starting values are chosen by.
"""

import argparse
import itertools
import time
from typing import Any

import numpy as np

from grader.toolkit import Solver, load_fashion

LEARNING_RATES = (1e-3, 1e-2, 0.1, 0.3, 1.0)
WEIGHT_SCALES = (1e-3, 1e-2)


class TwoLayerNet:
    """affine - relu - affine - softmax, as short as it can be; not the reference solution."""

    def __init__(self, inputs: int, hidden: int, weight_scale: float) -> None:
        self.params: dict[str, Any] = {
            "W1": weight_scale * np.random.randn(inputs, hidden),
            "b1": np.zeros(hidden),
            "W2": weight_scale * np.random.randn(hidden, 10),
            "b2": np.zeros(10),
        }

    def loss(self, X: Any, y: Any = None) -> Any:
        """Scores (N, 10), or with labels the mean cross-entropy and the gradients."""
        p = self.params
        hidden = np.maximum(X @ p["W1"] + p["b1"], 0)
        scores = hidden @ p["W2"] + p["b2"]
        if y is None:
            return scores
        logs = scores - scores.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        rows = np.arange(len(y))
        dscores = np.exp(logs)
        dscores[rows, y] -= 1
        dscores /= len(y)
        dhidden = (dscores @ p["W2"].T) * (hidden > 0)
        grads = {
            "W1": X.T @ dhidden,
            "b1": dhidden.sum(axis=0),
            "W2": hidden.T @ dscores,
            "b2": dscores.sum(axis=0),
        }
        return -logs[rows, y].mean(), grads


def main() -> None:
    """Train every combination, and print one line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=50)
    parser.add_argument("--lr-decay", type=float, default=1.0)
    arguments = parser.parse_args()

    print("scale    weights  rate   test accuracy (lowest to highest)  seconds a run")
    for scale in ("raw", "unit", "centred"):
        data = load_fashion(scale=scale)
        for weight_scale, rate in itertools.product(WEIGHT_SCALES, LEARNING_RATES):
            accuracies = []
            started = time.perf_counter()
            for seed in range(arguments.seeds):
                np.random.seed(seed)
                model = TwoLayerNet(784, arguments.hidden, weight_scale)
                solver = Solver(
                    model,
                    data,
                    optim_config={"learning_rate": rate},
                    lr_decay=arguments.lr_decay,
                    num_epochs=arguments.epochs,
                    verbose=False,
                )
                with np.errstate(all="ignore"):  # too large a learning rate is part of the table
                    solver.train()
                    accuracies.append(solver.check_accuracy(data["X_test"], data["y_test"]))
            seconds = (time.perf_counter() - started) / arguments.seeds
            spread = f"({min(accuracies):.3f} to {max(accuracies):.3f})"
            print(
                f"{scale:<8} {weight_scale:<8g} {rate:<6g} "
                f"{np.mean(accuracies):.3f} {spread:<28} {seconds:.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
