"""What a derivative is computed with: arrays that are the inputs but for a step.

While one step of a case runs, its arrays are watched. A derivative that is measured takes a forward pass for
each element, each with that element moved by a step: however it is written, and whatever its functions are
called, those moved copies exist; see ``moved``. The number of operations, or of numbers computed, tells
nothing: a derivative by whole Jacobians, or by a tape of small operations, takes as many. Loops over Python's
own numbers are not seen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import numpy as np

from grader.model import Case, needed_steps
from grader.sandbox.moved import Measured, StepsAside
from grader.sandbox.replay import Lookup, arguments, perform, seed
from grader.sandbox.watch import leaves_of


class Effort(NamedTuple):
    """What one step of a case computes with."""

    moved: int
    """Elements that were seen moved by a step, of the array of which most were."""
    elements: int
    """Of that array."""
    stacked: int
    """Of ``moved``, those whose moved copies stood in one array with others."""
    calls: int
    """Of the case's other functions, with an array that was moved."""
    imaginary: int
    """1 where the step was imaginary."""


_seen = [StepsAside()]
"""What is looked for, while a step is watched."""
_MAX_ITEMS = 100
"""Arrays of a list that are looked at."""


class WatchedArray(np.ndarray):
    """An array that shows what is done with it and its like; its results are of this kind too."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        """Any universal function, `@` and reductions among them."""
        if out is not None:
            kwargs["out"] = tuple(_plain(array) for array in out)
        result = getattr(ufunc, method)(*(_plain(value) for value in inputs), **kwargs)
        _note(inputs, result)
        if ufunc is np.true_divide and np.ndim(inputs[-1]) == 0 and np.isreal(inputs[-1]):
            _seen[0].division(float(inputs[-1].real))
        if out is not None:
            return out[0] if len(out) == 1 else out
        return tuple(map(_as_watched, result)) if isinstance(result, tuple) else _as_watched(result)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Functions such as `np.einsum` and `np.dot`."""
        result = super().__array_function__(function, types, args, kwargs)
        _note(args, result)
        return result

    def dot(self, *args: Any, **kwargs: Any) -> Any:
        """The method asks nobody: it is seen here."""
        result = np.ndarray.dot(_plain(self), *(_plain(value) for value in args), **kwargs)
        _note((self, *args), result)
        return _as_watched(result)


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
"""Functions that make an array: one that is watched, while a step is."""


def effort(case: Case, step: int, lookup: Lookup) -> Effort:
    """What ``step`` takes. The arrays that it is handed are watched; so are those that NumPy makes."""
    calls = [0]
    results: dict[int, Any] = {}
    seed(case.seed)
    for index in needed_steps(case.steps, step):
        args, kwargs = arguments(case.steps[index], case.inputs, results)
        if index == step or case.steps[index].operation == "set":
            args, kwargs = _watched_inside(args), _watched_inside(kwargs)
        if index != step:
            results[index] = perform(case.steps[index], lookup, results, args, kwargs)
            continue
        target = case.steps[index].target
        own = getattr(results[target.step], "__dict__", {}) if target is not None else {}
        held = [leaf.copy for leaf in leaves_of(args, {**kwargs, "": own})]
        _seen[:] = [StepsAside(case.inputs, map(_plain, held))]
        with (
            _watching_new_arrays(_names_of(case, index, results, lookup)),
            _watching_calls(_codes(case, step, lookup), calls),
            suppress(Measured),
        ):
            perform(case.steps[index], lookup, results, args, kwargs)
    most = _seen[0].most()
    return Effort(most.elements, most.of, most.stacked, calls[0], int(_seen[0].imaginary))


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
def _watching_calls(codes: set[Any], calls: list[int]) -> Iterator[None]:
    """Count calls of these codes with arrays that are moved, by whatever name the answer knows them."""

    def profile(frame: Any, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code in codes:
            moved = [_seen[0].called(array) for array in _arrays(frame.f_locals.values())]
            calls[0] += any(moved)

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def _names_of(case: Case, step: int, results: Mapping[int, Any], lookup: Lookup) -> dict[str, Any]:
    """The names that the code of a step sees beside its own."""
    name, target = case.steps[step].name, case.steps[step].target
    function = lookup(name) if target is None else getattr(results[target.step], name, None)
    names = getattr(function, "__globals__", None)
    return names if type(names) is dict else {}


@contextmanager
def _watching_new_arrays(names: dict[str, Any]) -> Iterator[None]:
    """Let NumPy's functions that make an array give watched ones, which they do not by themselves.

    They are replaced in NumPy, and among ``names``, which may have been imported from there.
    """
    originals = {name: getattr(np, name) for name in _MAKERS}

    def watching(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args, **kwargs: _as_watched(function(*args, **kwargs))

    watched = {name: watching(function) for name, function in originals.items()}
    imported = {key: name for key, value in names.items() for name in _MAKERS if value is originals[name]}
    np.__dict__.update(watched)
    names.update({key: watched[name] for key, name in imported.items()})
    try:
        yield
    finally:
        np.__dict__.update(originals)
        names.update({key: originals[name] for key, name in imported.items()})


def _note(operands: Iterable[Any], result: Any) -> None:
    for array in _arrays(operands):
        _seen[0].look(array)
    for array in _arrays((result,)):
        _seen[0].result(array)


def _arrays(values: Iterable[Any]) -> Iterator[Any]:
    """The arrays among values, and in lists of them."""
    for value in values:
        if isinstance(value, np.ndarray):
            yield _plain(value)
        elif isinstance(value, tuple | list):
            yield from (_plain(item) for item in value[:_MAX_ITEMS] if isinstance(item, np.ndarray))


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, WatchedArray) else value


def _as_watched(value: Any) -> Any:
    proper = isinstance(value, np.ndarray) and value.dtype != object
    return value.view(WatchedArray) if proper else value


def _watched_inside(value: Any) -> Any:
    """Watched arrays in what is handed over: a cache is a tuple of them."""
    if isinstance(value, np.ndarray):
        return _as_watched(value)
    if isinstance(value, tuple | list):
        return type(value)(map(_watched_inside, value)) if type(value) in (tuple, list) else value
    if type(value) is dict:
        return {key: _watched_inside(item) for key, item in value.items()}
    return value
