"""The inputs and results that the public course notebooks print."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

NUMBERS: dict[str, Any] = json.loads(
    Path(__file__).with_name("published_numbers.json").read_text(encoding="utf-8")
)


def array(recipe: dict[str, Any]) -> npt.NDArray[np.float64]:
    """The array that a recipe {linspace, shape, transpose} stands for."""
    low, high = recipe["linspace"]
    made = np.linspace(low, high, int(np.prod(recipe["shape"]))).reshape(recipe["shape"])
    return made.T if recipe.get("transpose") else made
