"""The six experiments of the second assignment, each calibrated: ``benchmarks/experiments.py`` prints how."""

from __future__ import annotations

from typing import Any

import numpy as np

from assignments.rules import FORMS
from grader.course import Rubric, Training
from grader.toolkit import load_fashion

Data = dict[str, Any]
Chosen = dict[str, Any]
Runs = dict[str, Training]

RULES = ("sgd", "sgd_momentum", "rmsprop", "adam")
PIXELS = 28 * 28


def add(rubric: Rubric, net: list[str]) -> None:
    """Add them to the rubric; ``net`` is what every one of them needs."""
    for name, title, hidden in (
        ("overfit_three_layers", "Overfit 50 images with three layers", [100] * 2),
        ("overfit_five_layers", "Overfit 50 images with five layers", [100] * 4),
    ):
        rubric.experiment(
            name,
            title,
            points=5,
            hyperparameters=name,
            limits={"learning_rate": (0, 100), "weight_scale": (0, 10)},
            needs=[*net, "sgd"],
            accuracy_range=(0.4, 0.98),
            seconds=4,
            data=_fifty,
            runs=_overfit(hidden),
            scored_on="train",
            baselines=_nearest_neighbour,
        )
    rubric.experiment(
        "more_data",
        "More data",
        points=4,
        hyperparameters="more_data",
        limits={"num_train": (50, 4000), "num_epochs": (1, 200), "learning_rate": (0, 100)},
        needs=[*net, "sgd_momentum"],
        accuracy_range=(0.70, 0.79),
        seconds=6,
        data=_images,
        runs=_more_data,
        baselines=_nearest_neighbour_of_50,
        validate=_too_many_images,
    )
    rubric.experiment(
        "one_at_a_time",
        "One image at a time",
        points=4,
        hyperparameters="one_at_a_time",
        limits={"learning_rate_batch": (0, 100), "learning_rate_single": (0, 100)},
        needs=[*net, "sgd"],
        accuracy_range=(0.50, 0.66),
        seconds=6,
        data=_thousand,
        runs=_one_at_a_time,
    )
    rubric.experiment(
        "compare_rules",
        "Four rules, six layers",
        points=8,
        hyperparameters="compare_rules",
        limits=dict.fromkeys(RULES, (0, 100)),
        needs=[*net, *RULES],
        accuracy_range=(0.45, 0.66),
        seconds=8,
        data=_thousand,
        runs=_compare_rules,
    )
    rubric.experiment(
        "best_net",
        "The best net",
        points=6,
        hyperparameters="best_net",
        limits={
            "num_hidden": (1, 5),
            "hidden_dim": (10, 200),
            "update_rule": RULES,
            "learning_rate": (0, 100),
            "lr_decay": (0, 1),
            "weight_scale": (0, 10),
            "reg": (0, 10),
            "num_epochs": (1, 10),
        },
        needs=[*net, *RULES],
        accuracy_range=(0.70, 0.80),
        seconds=10,
        data=_images,
        runs=_best_net,
    )


# ------------------------------------------------------------------------------------------ images


def _fifty() -> Data:
    return load_fashion("flat", num_train=50, num_val=500, num_test=500)


def _thousand() -> Data:
    return load_fashion("flat", num_train=1000, num_val=500, num_test=1000)


def _images() -> Data:
    return load_fashion("flat", num_train=4000, num_val=500, num_test=1000)


def _nearest_neighbour(data: Data) -> dict[str, float]:
    """What the nearest of the training images says of the validation images."""
    X, V = data["X_train"], data["X_val"]
    distances = (V**2).sum(axis=1)[:, None] - 2 * V @ X.T + (X**2).sum(axis=1)
    found = data["y_train"][distances.argmin(axis=1)]
    return {"nearest neighbour, validation": float(np.mean(found == data["y_val"]))}


def _nearest_neighbour_of_50(data: Data) -> dict[str, float]:
    few = {**data, "X_train": data["X_train"][:50], "y_train": data["y_train"][:50]}
    return {f"{name}, of 50": share for name, share in _nearest_neighbour(few).items()}


# ------------------------------------------------------------------------------------------ runs


def _net(hidden: list[int], weight_scale: float, reg: float = 0.0) -> Any:
    return lambda impl: impl.FullyConnectedNet(hidden, PIXELS, 10, weight_scale=weight_scale, reg=reg)


def _overfit(hidden: list[int]) -> Any:
    def runs(chosen: Chosen) -> Runs:
        net = _net(hidden, chosen["weight_scale"])
        run = Training(net, "sgd", chosen["learning_rate"], 25, 20, restore_best=False, show_gradients=True)
        return {"": run}

    return runs


def _too_many_images(chosen: Chosen) -> str:
    shown = chosen["num_train"] * chosen["num_epochs"]
    if shown <= 40_000:
        return ""
    return f"num_train · num_epochs may be 40,000 at most, and is {shown:,}: that much training is paid for."


def _more_data(chosen: Chosen) -> Runs:
    run = Training(
        _net([100, 100], 0.05),
        "sgd_momentum",
        chosen["learning_rate"],
        batch_size=50,
        num_epochs=chosen["num_epochs"],
        num_train=chosen["num_train"],
    )
    return {"": run}


def _one_at_a_time(chosen: Chosen) -> Runs:
    """The same images in the same number of epochs: in batches of 50, and one by one."""
    return {
        name: Training(_net([50], 0.05), "sgd", chosen[rate], batch_size=size, num_epochs=2)
        for name, size, rate in (
            ("batches of 50", 50, "learning_rate_batch"),
            ("one at a time", 1, "learning_rate_single"),
        )
    }


def _compare_rules(chosen: Chosen) -> Runs:
    return {
        rule: Training(
            _net([100] * 5, 0.1), rule, chosen[rule], batch_size=50, num_epochs=5, forms=FORMS.get(rule)
        )
        for rule in RULES
    }


def _best_net(chosen: Chosen) -> Runs:
    hidden, rule = [chosen["hidden_dim"]] * chosen["num_hidden"], chosen["update_rule"]
    run = Training(
        _net(hidden, chosen["weight_scale"], chosen["reg"]),
        rule,
        chosen["learning_rate"],
        batch_size=100,
        num_epochs=chosen["num_epochs"],
        lr_decay=chosen["lr_decay"],
        forms=FORMS.get(rule),
    )
    return {"": run}
