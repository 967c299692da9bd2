"""Copies of a case's arrays that are moved a step aside: what a derivative is computed with that is measured.

Whoever measures a derivative asks the forward pass for its value at x + h eᵢ, for each element i, and divides
differences by h. However that is written, an array then exists that is x in every element but one; or, of all
copies stacked, each is. No derivative that is derived needs these, however many operations it takes, however
often it runs its forward pass, and whatever Jacobians it writes out. Of shorter ways these are seen:

- a column or a row at once, by the same step: where rows, or columns, do not depend on each other;
- one row of x by itself, with one element moved;
- all elements at once, by the same small step: for a function of each element. Since x + ε has other uses,
  the other side, x − ε, the forward pass at x + ε, or a division by ε has to be seen too.

Steps may be imaginary. An array such as zeros, which any one-hot vector would be a copy of, tells nothing: it
is left out. Steps to 0 or to infinity mask an element; they measure nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy import arange, zeros  # these: those of ``np`` are others while a step is watched

_LEAST, _LEAST_ROW = 6, 4
"""Elements of an array that is looked for, and of a row of it."""
_FEW = 3
"""Elements for each value that is there: of what is mostly the same number, copies are found by chance."""
_MAX_AXES = 5
_MAX_OWN = 12
"""How many results of the answer's own are looked for too: whoever shifts x first moves what that gave."""
_SMALL = 0.01
"""Of the root of the mean square: so small are steps of an answer's own results, and of all elements at once.
Where probabilities become p − eᵢ, which is derived, the step is 1."""
_EQUAL = 1e-4
"""By how much the steps of several elements may differ from each other, relatively: they are rounded."""
_MAX_PAIRS = 200_000
"""Elements of all pairs of a row that is there and a row of a base."""


class Moved(NamedTuple):
    """Of the array of which most was seen moved: how many elements were, and how many it has."""

    elements: int
    of: int
    stacked: int
    """Of them, how many were seen in one array with others."""


class Measured(BaseException):
    """Every element of an array of the case was seen moved: nothing more needs to be seen."""


class _Base:
    """An array that copies are looked for of, and which of its elements were seen moved in one."""

    def __init__(self, array: Any, given: bool) -> None:
        self.given = given
        self.shape = array.shape
        self.flat = array.astype(float).reshape(-1)
        self.small = _SMALL * float(np.sqrt(np.mean(np.square(self.flat))))
        self.alone = zeros(array.size, bool)
        self.stacked = zeros(array.size, bool)
        self.shifts: list[float] = []
        """Steps by which all elements were seen moved at once."""

    def moved(self, places: Any, step: Any, stacked: bool) -> bool:
        """Note the elements of a copy that are moved; not by a large step, if the answer made the array."""
        if step.real != 0 and abs(step) > self.small and not self.given:
            return False
        (self.stacked if stacked else self.alone)[places] = True
        return True

    def shifted(self, step: complex) -> bool:
        """Note that all elements are moved at once. An imaginary step, or both sides, is enough."""
        if step.real != 0 and not any(_is_close(-shift, step.real) for shift in self.shifts):
            self.shifts.append(step.real)
            return False
        self.alone[:] = True
        return True

    def is_measured(self) -> bool:
        """Whether every element was seen moved."""
        return self.given and bool(np.all(self.alone | self.stacked))


class _Row(NamedTuple):
    """A row of a base, or a column of a matrix."""

    base: _Base
    places: Any
    """Where its elements stand in the base."""


class StepsAside:
    """What was seen of arrays that are ``given``, held in a cache, or own results, but for a step."""

    def __init__(self, given: Iterable[Any] = (), held: Iterable[Any] = ()) -> None:
        self._known: set[bytes] = set()
        self._bases: dict[int, list[_Base]] = {}
        """By size; ``_values`` holds their elements, one base a row."""
        self._values: dict[int, Any] = {}
        self._rows: dict[int, list[_Row]] = {}
        """By length; ``_row_values`` holds their elements."""
        self._row_values: dict[int, Any] = {}
        self._looked: dict[int, bool] = {}
        self._own = 0
        self.imaginary = False
        """An array was seen that is moved by an imaginary step."""
        for array in given:
            self._add(array, True)
        for array in held:
            self._add(array, False)

    def result(self, array: Any) -> None:
        """Look at a result too, and for it from now on where it is one of the first."""
        if not self.look(array) and self._own < _MAX_OWN:
            self._own += self._add(array, False)

    def division(self, divisor: float) -> None:
        """Note a division of an array by a number, which may be the step, or twice the step, of a shift."""
        for base in self._all():
            if any(_is_close(abs(divisor), k * abs(shift)) for shift in base.shifts for k in (1, 2)):
                base.alone[:] = True

    def called(self, array: Any) -> bool:
        """Look at an argument of a function that the case calls too: whether it is moved."""
        seen = self.look(array)
        for base in self._bases.get(array.size, []):
            if base.shifts and (step := _shift(array.reshape(-1) - base.flat, base)) and step in base.shifts:
                base.alone[:] = seen = True
        return seen

    def look(self, array: Any) -> bool:
        """Note whether an array is a base moved aside, or a stack of such; it may be of complex numbers.

        Raises Measured once every element of an array of the case was seen moved.
        """
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "fc" or array.size < _LEAST_ROW:
            return False
        plain = array.view(np.ndarray)
        content = hash((plain.tobytes(), plain.shape, plain.dtype.char))
        if content not in self._looked:
            with np.errstate(all="ignore"):
                self._looked[content] = self._compare(plain)
            if self._looked[content] and any(base.is_measured() for base in self._all()):
                raise Measured
        return self._looked[content]

    def most(self) -> Moved:
        """The array of which the largest share was seen moved."""
        moved = [
            Moved(int(np.sum(base.alone | base.stacked)), base.alone.size, int(base.stacked.sum()))
            for base in self._all()
        ]
        return max(moved, key=lambda one: (one.elements / one.of, one.of), default=Moved(0, 0, 0))

    def _all(self) -> list[_Base]:
        return [base for bases in self._bases.values() for base in bases]

    def _add(self, array: Any, given: bool) -> bool:
        if not _is_telling(array) or (bits := array.tobytes()) in self._known:
            return False
        self._known.add(bits)
        base = _Base(array, given)
        bases = self._bases.setdefault(base.flat.size, [])
        bases.append(base)
        self._values[base.flat.size] = np.stack([base.flat for base in bases])
        for places in _lines(base.shape) if self._own == 0 else ():
            rows = self._rows.setdefault(len(places), [])
            rows.append(_Row(base, places))
            self._row_values[len(places)] = np.stack([row.base.flat[row.places] for row in rows])
        return True

    def _compare(self, array: Any) -> bool:
        hit = False
        for size, bases in self._bases.items():
            if size == array.size:
                hit |= self._compare_one(array, bases, self._values[size])
            elif array.size % size == 0:
                for base in bases:
                    hit |= self._compare_stacked(array, base)
        return hit or self._compare_rows(array)

    def _compare_one(self, array: Any, bases: list[_Base], values: Any) -> bool:
        hit = False
        for turned in (False, True) if array.ndim > 1 else (False,):
            flat = (array.T if turned else array).reshape(-1)
            steps = flat - _rounded_as(array, values)
            counts = np.count_nonzero(steps, axis=1)
            for one in np.flatnonzero(counts):
                base = bases[one]
                if counts[one] <= max(1, flat.size // 2):
                    if not turned or array.shape == base.shape[::-1]:
                        hit |= self._note(base, flat, steps[one], False)
                elif not turned and counts[one] == flat.size and (step := _shift(steps[one], base)):
                    self.imaginary |= step.real == 0
                    hit |= base.shifted(step)
        return hit

    def _compare_stacked(self, array: Any, base: _Base) -> bool:
        hit = False
        for copies in _stacks(array, array.size // base.flat.size):
            steps = copies - _rounded_as(array, base.flat)
            counts = np.count_nonzero(steps, axis=1)
            for one in np.flatnonzero((counts > 0) & (counts <= max(1, base.flat.size // 2))):
                hit |= self._note(base, copies[one], steps[one], True)
        return hit

    def _compare_rows(self, array: Any) -> bool:
        """Look for single rows of a base in which one element is moved."""
        hit = False
        for length in {array.size, *array.shape[-1:]}:
            rows = self._rows.get(length, [])
            if not rows or array.size * len(rows) > _MAX_PAIRS:
                continue
            found = array.reshape(-1, length)
            steps = found[:, None, :] - _rounded_as(array, self._row_values[length])
            for one, row in np.argwhere(np.count_nonzero(steps, axis=2) == 1):
                base, places = rows[row]
                if array.size == base.flat.size:
                    continue  # one element of each row, all at once: which class is right is marked so
                (place,) = np.flatnonzero(steps[one, row])
                step = steps[one, row, place]
                if _is_step(found[one, [place]], steps[one, row, [place]]):
                    self.imaginary |= bool(step.real == 0)
                    hit |= base.moved(places[place], step, len(found) > 1)
        return hit

    def _note(self, base: _Base, values: Any, steps: Any, stacked: bool) -> bool:
        """Note a copy of a base of which few elements differ, if these are moved by a step."""
        places = np.flatnonzero(steps)
        if not (_is_line(places, base.shape) and _is_step(values[places], steps[places])):
            return False
        step = steps[places[0]]
        self.imaginary |= bool(step.real == 0)
        return base.moved(places, step, stacked)


def _is_telling(base: Any) -> bool:
    if not isinstance(base, np.ndarray) or base.dtype.kind != "f" or base.size < _LEAST:
        return False
    return bool(np.all(np.isfinite(base))) and len(set(base.ravel().tolist())) * _FEW >= base.size


def _rounded_as(array: Any, values: Any) -> Any:
    return values.astype(array.dtype) if array.dtype.itemsize < values.dtype.itemsize else values


def _lines(shape: tuple[int, ...]) -> Iterator[Any]:
    """Where the elements of each row of an array stand, and of each column of a matrix."""
    if len(shape) < 2:
        return
    places = arange(int(np.prod(shape))).reshape(shape[0], -1)
    yield from (row for row in places if len(row) >= _LEAST_ROW)
    if len(shape) == 2:
        yield from (column for column in places.T if len(column) >= _LEAST_ROW)


def _stacks(array: Any, count: int) -> Iterator[Any]:
    """An array as copies that are stacked along an axis, flat, one a row."""
    if array.ndim <= _MAX_AXES:
        for axis in [axis for axis, length in enumerate(array.shape) if length == count]:
            yield np.moveaxis(array, axis, 0).reshape(count, -1)
    if array.shape[0] != count:
        yield array.reshape(count, -1)


def _shift(steps: Any, base: _Base) -> complex:
    """The small step by which all elements of a given array are moved at once; 0 where they are not."""
    first = complex(steps[0])
    if (
        not base.given
        or not 0 < abs(first) <= base.small
        or not np.all(np.abs(steps - first) <= _EQUAL * abs(first))
    ):
        return 0
    return first


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= 10 * _EQUAL * abs(other)


def _is_step(values: Any, steps: Any) -> bool:
    """Whether elements were moved by a step, all by the same one, real or imaginary."""
    if not (np.all(np.isfinite(values)) and np.all(values != 0)):
        return False
    if steps.dtype.kind == "c" and steps[0].imag != 0 and steps[0].real != 0:
        return False
    return bool(np.all(np.abs(steps - steps[0]) <= _EQUAL * abs(steps[0])))


def _is_line(places: Any, shape: tuple[int, ...]) -> bool:
    """Whether places lie in one column, or one row, of an array (N, …)."""
    if len(places) == 1:
        return True
    length = max(1, int(np.prod(shape[1:])))
    return len(shape) > 1 and any(
        bool(np.all(line == line[0])) for line in (places % length, places // length)
    )
