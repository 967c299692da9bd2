"""Further accepted forms of update rules: the places of epsilon that authors disagree about."""

from __future__ import annotations

from typing import Any

import numpy as np


def rmsprop_forms(w: Any, dw: Any, config: Any) -> dict[str, Any]:
    """The further place of epsilon in RMSProp that is accepted; ``config`` is as it is after the step."""
    root = np.sqrt(config["cache"] + config["epsilon"])
    return {"epsilon under the root": w - config["learning_rate"] * dw / root}


def adam_forms(w: Any, dw: Any, config: Any) -> dict[str, Any]:
    """The same for Adam; ε-hat is the paper's own more efficient order."""
    rate, epsilon = config["learning_rate"], config["epsilon"]
    one, two = 1 - config["beta1"] ** config["t"], 1 - config["beta2"] ** config["t"]
    m, v = config["m"], config["v"]
    return {
        "epsilon under the root": w - rate * (m / one) / np.sqrt(v / two + epsilon),
        "epsilon beside the uncorrected root": w - rate * np.sqrt(two) / one * m / (np.sqrt(v) + epsilon),
    }


FORMS = {"rmsprop": rmsprop_forms, "adam": adam_forms}
