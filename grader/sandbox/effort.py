"""How much work an answer does: whole-array operations, counted while one step of a case runs.

A derivative that is derived takes about as many array operations for a large array as for a small one. One
that is measured, by differences of the forward pass, takes a forward pass for each element: however it is
written, and whatever its functions are called, that many operations on arrays as large as its inputs happen.
Loops over single elements or rows are not counted: they touch no whole array. Who stacks all these forward
passes into one large array takes few operations; but they touch as many elements, which are counted too. And
no derivative that is derived needs complex numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from grader.model import Case, needed_steps
from grader.sandbox.replay import Lookup, arguments, perform, seed


class Effort(NamedTuple):
    """What one step of a case takes."""

    operations: int
    """On whole arrays."""
    calls: int
    """Of the case's other functions."""
    elements: int
    """Of the case's inputs."""
    touched: int
    """Elements of the results of all operations."""
    complex: int
    """Operations and calls with complex numbers."""


_count = [0, 1, 0, 0]
"""Operations so far, the size from which an array counts as whole, elements of results, complex results."""


class CountingArray(np.ndarray):
    """An array that counts what is done with it and its like; its results are of this kind too."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        """Any universal function, `@` and reductions among them."""
        if out is not None:
            kwargs["out"] = tuple(_plain(array) for array in out)
        result = getattr(ufunc, method)(*(_plain(value) for value in inputs), **kwargs)
        _note((*inputs, result))
        if out is not None:
            return out[0] if len(out) == 1 else out
        return tuple(map(_as_counting, result)) if isinstance(result, tuple) else _as_counting(result)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Functions such as `np.einsum` and `np.dot`."""
        result = super().__array_function__(function, types, args, kwargs)
        if function in _PRODUCTS:
            _note((*args, result))
        return result

    def dot(self, *args: Any, **kwargs: Any) -> Any:
        """The method asks nobody: it is counted here."""
        result = np.ndarray.dot(_plain(self), *(_plain(value) for value in args), **kwargs)
        _note((self, *args, result))
        return _as_counting(result)


_MAKERS = (
    "array",
    "asarray",
    "copy",
    "ascontiguousarray",
    "asfortranarray",
    "zeros",
    "empty",
    "ones",
    "full",
    "eye",
    "identity",
    "arange",
)
"""Functions that make an array: counted ones, while a step is watched."""
_PRODUCTS = frozenset({np.dot, np.einsum, np.tensordot, np.inner, np.outer, np.vdot})


def effort(case: Case, step: int, lookup: Lookup) -> Effort:
    """What ``step`` takes. The arrays that it is handed are counted ones; so are those that NumPy makes."""
    largest = max((int(array.size) for array in case.inputs), default=1)
    calls = [0]
    results: dict[int, Any] = {}
    seed(case.seed)
    for index in needed_steps(case.steps, step):
        args, kwargs = arguments(case.steps[index], case.inputs, results)
        if index == step or case.steps[index].operation == "set":
            args, kwargs = _counting_inside(args), _counting_inside(kwargs)
        if index != step:
            results[index] = perform(case.steps[index], lookup, results, args, kwargs)
            continue
        _count[:] = [0, max(2, largest // 2), 0, 0]
        with _counting_copies(), _counting_calls(_codes(case, step, lookup), calls):
            perform(case.steps[index], lookup, results, args, kwargs)
    elements = sum(int(array.size) for array in case.inputs)
    return Effort(_count[0], calls[0], elements, _count[2], _count[3])


def _codes(case: Case, step: int, lookup: Lookup) -> set[Any]:
    """The code of the functions that the case calls besides the one in question."""
    names = {s.name for s in case.steps if s.operation == "call"} - {case.steps[step].name}
    codes = set()
    for name in names:
        try:
            codes.add(getattr(lookup(name), "__code__", None))
        except NameError:
            continue
    return codes - {None}


@contextmanager
def _counting_calls(codes: set[Any], calls: list[int]) -> Iterator[None]:
    """Count calls of these codes, by whatever name the student's code knows them."""

    def profile(frame: Any, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code in codes:
            calls[0] += 1
            _count[3] += any(_is_complex(value) for value in frame.f_locals.values())

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


@contextmanager
def _counting_copies() -> Iterator[None]:
    """Let NumPy's functions that make an array give counted ones, which they do not by themselves."""
    originals = {name: getattr(np, name) for name in _MAKERS}

    def counting(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: _as_counting(function(*args, **kwargs))

    for name, function in originals.items():
        setattr(np, name, counting(function))
    try:
        yield
    finally:
        for name, function in originals.items():
            setattr(np, name, function)


def _note(values: tuple[Any, ...]) -> None:
    _count[2] += int(getattr(values[-1], "size", 1))
    _count[3] += _is_complex(values[-1])
    if any(isinstance(value, np.ndarray) and value.size >= _count[1] for value in values):
        _count[0] += 1


def _is_complex(value: Any) -> bool:
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind == "c"


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, CountingArray) else value


def _as_counting(value: Any) -> Any:
    proper = isinstance(value, np.ndarray) and value.dtype != object
    return value.view(CountingArray) if proper else value


def _counting_inside(value: Any) -> Any:
    """Counted arrays in what is handed over: a cache is a tuple of them."""
    if isinstance(value, np.ndarray):
        return _as_counting(value)
    if isinstance(value, tuple | list):
        return type(value)(map(_counting_inside, value)) if type(value) in (tuple, list) else value
    if type(value) is dict:
        return {key: _counting_inside(item) for key, item in value.items()}
    return value
