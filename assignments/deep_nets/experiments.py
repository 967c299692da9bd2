"""The two experiments of the third assignment, calibrated: ``benchmarks/experiments.py`` prints how."""

from __future__ import annotations

from typing import Any

import numpy as np

from assignments.rules import FORMS
from grader.course import Rubric, Training
from grader.toolkit import load_fashion

Data = dict[str, Any]
Chosen = dict[str, Any]
Runs = dict[str, Training]

PIXELS = 28 * 28
KINDS = {"none": None, "batchnorm": "batchnorm", "layernorm": "layernorm"}


def add(rubric: Rubric, needs: list[str]) -> None:
    """Add them to the rubric; ``needs`` is what both of them need."""
    rubric.experiment(
        "start_a_deep_net",
        "Start a net of eight layers",
        points=10,
        hyperparameters="start_a_deep_net",
        limits={"normalization": tuple(KINDS), "learning_rate": (0, 100)},
        needs=needs,
        accuracy_range=(0.25, 0.62),
        seconds=8,
        data=_images,
        runs=_start,
    )
    rubric.experiment(
        "noisy_labels",
        "Learn from labels of which 40 % are wrong",
        points=10,
        hyperparameters="noisy_labels",
        limits={"dropout_keep_ratio": (0.05, 1), "reg": (0, 10)},
        needs=needs,
        accuracy_range=(0.635, 0.69),
        seconds=10,
        data=_noisy,
        runs=_regularise,
    )


def _images() -> Data:
    return load_fashion("flat", num_train=2000, num_val=500, num_test=1000)


def _noisy() -> Data:
    """1,000 images; a random label in the place of the right one for 40 % of them."""
    data = load_fashion("flat", num_train=1000, num_val=500, num_test=1000)
    draw = np.random.default_rng(40)
    labels = data["y_train"].copy()
    wrong = draw.permutation(len(labels))[: int(0.4 * len(labels))]
    labels[wrong] = draw.integers(0, 10, len(wrong))
    return {**data, "y_train": labels}


def _start(chosen: Chosen) -> Runs:
    """Seven hidden layers, and weights so small that a plain net passes nothing on."""
    kind = KINDS[chosen["normalization"]]

    def net(impl: Any) -> Any:
        return impl.FullyConnectedNet([50] * 7, PIXELS, 10, normalization=kind, weight_scale=1e-3)

    run = Training(net, "adam", chosen["learning_rate"], 50, 5, show_gradients=True, forms=FORMS["adam"])
    return {"": run}


def _regularise(chosen: Chosen) -> Runs:
    """What counts are the parameters at the end: the best on the validation images would hide the harm."""
    keep, reg = chosen["dropout_keep_ratio"], chosen["reg"]

    def net(impl: Any) -> Any:
        return impl.FullyConnectedNet([200], PIXELS, 10, dropout_keep_ratio=keep, reg=reg, weight_scale=0.03)

    run = Training(
        net, "adam", 3e-3, 100, 25, restore_best=False, draws_numbers=keep != 1, forms=FORMS["adam"]
    )
    return {"": run}
