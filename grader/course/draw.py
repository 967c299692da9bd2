"""Inputs for cases: small integers on the first rung, numbers of both signs on the others, all seeded."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

KINK = 1e-3
"""No pre-activation is drawn closer to 0 than this: on a kink a convention would decide, not the code."""


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
        if self.small:
            return self.rng.integers(1, 4, size=shape) * self.rng.choice([-1.0, 1.0], size=shape)
        return np.round(scale * self.rng.standard_normal(shape), 3)

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
