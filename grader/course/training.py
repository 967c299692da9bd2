"""How a rubric's experiments train: one run of the Solver, and what of it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DATA = ("X_train", "y_train", "X_val", "y_val")
"""What a Solver is given; the test images stay with the grader."""


def trained(impl: Any, model: Any, data: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """Train ``model`` with the implementation's own rule: its parameters, and the histories told.

    ``options`` are the Solver's. Only the parameters will be believed.
    """
    solver = impl.Solver(model, {name: data[name] for name in DATA}, verbose=False, **options)
    solver.train()
    return {
        "params": model.params,
        "loss": solver.loss_history,
        "train": solver.train_acc_history,
        "validation": solver.val_acc_history,
    }
