"""Copies of a case's arrays that are moved a step aside, in one element: what a measured derivative computes with.

Whoever measures a derivative asks the forward pass for its value at x + h eᵢ, for each element i. However that
is written, an array then exists that is x in every element but one; or, of all copies stacked, each is. No
derivative that is derived needs these, however many operations it takes and whatever Jacobians it writes out.

A copy may also be moved in one column, all rows at once, by the same step: rows that do not depend on each
other are measured together so. An array such as zeros, which any one-hot vector would be a copy of, tells
nothing, and is left out. Steps to 0 or to infinity mask an element; they measure nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy import zeros  # this one: that of ``np`` is another while a step is watched

_LEAST = 6
"""Elements of an array that is looked for."""
_FEW = 3
"""Elements for each value that is there: of what is mostly the same number, copies are found by chance."""
_MAX_AXES = 5
_MAX_OWN = 12
"""How many results of the answer's own are looked for too: whoever shifts x first moves what that gave."""
_EQUAL = 1e-4
"""By how much the steps of one column may differ from each other, relatively: they are rounded."""


class Moved(NamedTuple):
    """Of the array of which most was seen moved: how many elements were, and how many it has."""

    elements: int
    of: int
    stacked: int
    """Of them, how many were seen in one array with others."""


class StepsAside:
    """What was seen of arrays that are ``bases`` but for a step."""

    def __init__(self, bases: Iterable[Any]) -> None:
        self._known: set[bytes] = set()
        self._bases: list[Any] = []
        self._alone: list[Any] = []
        self._stacked: list[Any] = []
        self._own = 0
        self.imaginary = False
        """An array was seen that is a base with an imaginary part."""
        for base in bases:
            self._add(base)

    def result(self, array: Any) -> None:
        """Look at a result too, and for it from now on where it is one of the first."""
        if not self.look(array) and self._own < _MAX_OWN:
            self._own += self._add(array)

    def _add(self, array: Any) -> bool:
        if not _is_telling(array) or (bits := array.tobytes()) in self._known:
            return False
        self._known.add(bits)
        self._bases.append(array.copy())
        self._alone.append(zeros(array.size, bool))
        self._stacked.append(zeros(array.size, bool))
        return True

    def look(self, array: Any) -> bool:
        """Note whether an array is a base moved aside, or a stack of such; it may be of complex numbers."""
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "fc" or array.size < _LEAST:
            return False
        plain = array.view(np.ndarray)
        hits = [self._compare(number, plain) for number in range(len(self._bases))]
        return any(hits)

    def most(self) -> Moved:
        """The array of which the largest share was seen moved."""
        moved = [
            Moved(int(np.sum(alone | stacked)), alone.size, int(stacked.sum()))
            for alone, stacked in zip(self._alone, self._stacked, strict=True)
        ]
        return max(moved, key=lambda one: (one.elements / one.of, one.of), default=Moved(0, 0, 0))

    def _compare(self, number: int, array: Any) -> bool:
        base = self._bases[number]
        if array.dtype.itemsize < base.dtype.itemsize:
            base = base.astype(array.dtype)
        hit = False
        for copies in _readings(array, base):
            with np.errstate(all="ignore"):
                steps = copies - base.reshape(-1)
            differs = copies != base.reshape(-1)
            if array.dtype.kind == "c":
                same = np.all(steps.real == 0, axis=1) & np.any(steps.imag != 0, axis=1)
                self.imaginary |= bool(np.any(same))
                hit |= bool(np.any(same))
            seen = self._stacked[number] if len(copies) > 1 else self._alone[number]
            counts = np.count_nonzero(differs, axis=1)
            for row in np.flatnonzero((counts > 0) & (counts <= max(1, base.size // 2))):
                places = np.flatnonzero(differs[row])
                if _is_step(copies[row, places], steps[row, places]) and _is_column(places, base.shape):
                    seen[places] = True
                    hit = True
        return hit


def _is_telling(base: Any) -> bool:
    if not isinstance(base, np.ndarray) or base.dtype.kind != "f" or base.size < _LEAST:
        return False
    return bool(np.unique(base).size * _FEW >= base.size)


def _readings(array: Any, base: Any) -> Iterator[Any]:
    """An array as copies of a base, flat, one a row: itself, transposed, or stacked along any axis."""
    count, left = divmod(array.size, base.size)
    if left or not count:
        return
    if count == 1:
        yield array.reshape(1, -1)
        if base.ndim > 1 and array.shape == base.shape[::-1]:
            yield array.T.reshape(1, -1)
        return
    if array.ndim <= _MAX_AXES:
        for axis in [axis for axis, length in enumerate(array.shape) if length == count]:
            yield np.moveaxis(array, axis, 0).reshape(count, -1)
    if array.ndim == 0 or array.shape[0] != count:
        yield array.reshape(count, -1)


def _is_step(values: Any, steps: Any) -> bool:
    """Whether elements were moved by a step, all by the same one."""
    if not (np.all(np.isfinite(values)) and np.all(values != 0)):
        return False
    return bool(np.all(np.abs(steps - steps[0]) <= _EQUAL * abs(steps[0])))


def _is_column(places: Any, shape: tuple[int, ...]) -> bool:
    """Whether places lie in one column of an array (N, …): all have the same index but for the first."""
    if len(places) == 1:
        return True
    columns = places % max(1, int(np.prod(shape[1:])))
    return len(shape) > 1 and bool(np.all(columns == columns[0]))
