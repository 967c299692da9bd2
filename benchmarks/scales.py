"""Print the test accuracy of a two-layer net on the embedded Fashion images, by pixel scale.

    python -m benchmarks.scales [--epochs 5] [--seeds 3] [--hidden 50]

One line a setting: mean and range of the test accuracy over the seeds. It is what the defaults of
`load_fashion` and the assignments' starting values are chosen by.
"""

import argparse
import itertools
import time

import numpy as np

from grader.toolkit import Solver, load_fashion
from reference.networks import TwoLayerNet

LEARNING_RATES = (1e-3, 1e-2, 0.1, 0.3, 1.0)
WEIGHT_SCALES = (1e-3, 1e-2)


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
                model = TwoLayerNet(784, arguments.hidden, weight_scale=weight_scale)
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
