"""Inputs for cases: small integers on the first rung, numbers of both signs on the others, all seeded."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from grader.model import LARGEST_PRINTED
from grader.model.recipes import is_recipe

KINK = 1e-3
"""No pre-activation is drawn closer to 0 than this: on a kink a convention would decide, not the code."""


class DrawnArray(np.ndarray[Any, Any]):
    """A large array that knows its recipe, through arithmetic with numbers and with others of its kind."""

    recipe: str = ""

    def __array_finalize__(self, obj: Any) -> None:
        self.recipe = ""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [np.asarray(value) if isinstance(value, DrawnArray) else value for value in inputs]
        result = getattr(ufunc, method)(*plain, **options)
        parts = [getattr(value, "recipe", "") or _number(value) for value in inputs]
        recipe = f"np.{ufunc.__name__}({', '.join(parts)})"
        if method != "__call__" or options or not all(parts) or not is_recipe(recipe):
            return result
        return _with_recipe(result, recipe)


def _with_recipe(array: Any, recipe: str) -> DrawnArray:
    drawn: DrawnArray = array.view(DrawnArray)
    drawn.recipe = recipe
    return drawn


def _number(value: Any) -> str:
    return repr(float(value)) if isinstance(value, int | float) else ""


class Redraw(Exception):
    """These inputs are unlucky; draw others."""


class Draw:
    """A seeded source of arrays for one case."""

    def __init__(self, words: tuple[Any, ...], *, small: bool = False) -> None:
        # A digest, and two parts of it: one case's inputs, or what student code is seeded with, must not tell
        # anything of another's.
        digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
        self.case_seed = int.from_bytes(digest[:4], "little")
        self.small = small
        self.rng = np.random.default_rng(list(digest[4:]))

    def __call__(self, *shape: int, scale: float = 1.0) -> Any:
        """An array of ``shape``: of ±1, ±2, ±3 on the first rung, else normal with deviation ``scale``.

        Three decimals are kept: the page prints these numbers, and a student copies them.
        """
        if self.small and math.prod(shape) <= LARGEST_PRINTED:
            return self.rng.integers(1, 4, size=shape) * self.rng.choice([-1.0, 1.0], size=shape)
        return self.normal(*shape, scale=scale)

    def normal(self, *shape: int, scale: float = 1.0) -> Any:
        """An array of ``shape``, normal with deviation ``scale``, on the first rung too."""
        if math.prod(shape) <= LARGEST_PRINTED:
            return np.round(scale * self.rng.standard_normal(shape), 3)
        seed = int(self.rng.integers(1 << 32))  # too large to be printed: its recipe is
        drawn = np.random.default_rng(seed).standard_normal(shape)
        recipe = f"np.random.default_rng({seed}).standard_normal({shape})"
        if scale != 1.0:
            drawn, recipe = scale * drawn, f"np.multiply({float(scale)!r}, {recipe})"
        return _with_recipe(drawn.round(3), f"{recipe}.round(3)")

    def labels(self, count: int, classes: int) -> Any:
        """Class labels (count,), every class present where there are enough examples."""
        labels = np.arange(count) % classes
        return self.rng.permutation(labels) if count >= classes else self.rng.integers(0, classes, count)

    def away_from_zero(self, *arrays: Any) -> None:
        """Ask for other inputs when an entry of these is close to a kink at 0."""
        for array in arrays:
            if array.size and float(np.min(np.abs(array))) < KINK:
                raise Redraw

    def require(self, condition: Any) -> None:
        """Ask for other inputs when these do not have what the case needs."""
        if not condition:
            raise Redraw
