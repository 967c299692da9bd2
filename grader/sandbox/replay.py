"""Replay a recorded case on any implementation: in the child, in a notebook, on a known mistake.

The arguments of a step are values, or results of earlier steps on the student's own objects: a cache or a
config stays the object that it was. Results are copied at the moment of return. Arguments are compared
before and after. A step that fails takes down only the steps that need its result.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.model import (
    Absent,
    Case,
    CaseResult,
    Failure,
    Formula,
    Input,
    NumberType,
    Place,
    Ref,
    Step,
    needed_steps,
)
from grader.model.results import What
from grader.sandbox.watch import Watch
from grader.sandbox.wire import NotPlainError, plain

MAX_MESSAGE = 2_000
_MAX_KEYS, _MAX_KEY = 12, 40
"""How many keys of a dict are named that lacks one, and characters of each."""
_NOTHING = Absent("nothing")
Lookup = Callable[[str], Any]


class _NotThere(LookupError):
    """A result has no such part; ``absent`` says what it is instead."""

    def __init__(self, what: What, detail: str = "") -> None:
        super().__init__(what)
        self.absent = Absent(what, detail)


def replay(case: Case, lookup: Lookup, output: Callable[[], str] = str) -> CaseResult:
    """Run ``case`` on the implementation whose names ``lookup`` finds (NameError for what is missing)."""
    started = time.process_time()
    results: dict[int, Any] = {}
    failures: dict[int, Failure] = {}
    watch = Watch(case)
    values: list[Any] = [_NOTHING] * len(case.keep)
    seed(case.seed)
    for index, step in enumerate(case.steps):
        try:
            args, kwargs = arguments(step, case.inputs, results)
        except _Skip:
            failures[index] = Failure("skipped")
            continue
        except _NotThere as error:
            failures[index] = Failure("skipped", absent=error.absent)
            continue
        before = watch.before(step, args, kwargs) if case.watch else []
        try:
            results[index] = perform(step, lookup, results, args, kwargs)
        except _Missing as error:
            failures[index] = Failure("missing", "NameError", str(error))
        except _NotThere as error:
            failures[index] = Failure("skipped", absent=error.absent)
        except BaseException as error:
            failures[index] = describe(error)
        # Now, not at the end: a later step may overwrite what this one returned.
        if index in results:
            for place, ref in enumerate(case.keep):
                if ref.step == index:
                    values[place] = _snapshot(results[index], ref.path)
        watch.after(index, args, kwargs, before, results)
    seconds, said = time.process_time() - started, output()

    def again(index: int) -> Any:
        args, kwargs = arguments(case.steps[index], case.inputs, results)
        return perform(case.steps[index], lookup, results, args, kwargs)

    changed, bits = watch.settle(again)
    return CaseResult(tuple(values), failures, changed, said, seconds, bits)


def evaluate(case: Case, lookup: Lookup, wanted: Ref, points: Sequence[Mapping[int, Any]]) -> list[Any]:
    """``wanted`` at each point; a point maps input indices to the arrays that replace them."""
    needed = needed_steps(case.steps, wanted.step)
    answers: list[Any] = []
    for point in points:
        inputs = tuple(point.get(i, value) for i, value in enumerate(case.inputs))
        results: dict[int, Any] = {}
        seed(case.seed)
        try:
            for index in needed:
                step = case.steps[index]
                args, kwargs = arguments(step, inputs, results)
                results[index] = perform(step, lookup, results, args, kwargs)
            answers.append(_snapshot(results[wanted.step], wanted.path))
        except BaseException as error:
            answers.append(Absent("raised", f"{type(error).__name__}: {error}"[:200]))
    return answers


def seed(value: int) -> None:
    """Seed ``random`` and ``np.random``, and what ``default_rng()`` draws from when it is given nothing."""
    random.seed(value)
    np.random.seed(value % (1 << 32))
    _spawning[:] = [value]
    np.random.default_rng = _default_rng


_spawning: list[Any] = [0]
"""The seed that ``default_rng()`` spawns from: a number until it is first wanted, which is seldom."""


def _default_rng(seed: Any = None) -> np.random.Generator:
    if seed is not None:
        return _DEFAULT_RNG(seed)
    if not isinstance(_spawning[0], np.random.SeedSequence):
        _spawning[0] = np.random.SeedSequence(_spawning[0])
    return _DEFAULT_RNG(_spawning[0].spawn(1)[0])


_DEFAULT_RNG = np.random.default_rng


def restore_default_rng() -> None:
    """Undo what ``seed`` did to ``np.random.default_rng``: for callers that share the process."""
    np.random.default_rng = _DEFAULT_RNG


class _Skip(Exception):
    """A step needs the result of a step that failed."""


class _Missing(Exception):
    """The implementation has no such name."""


def arguments(
    step: Step, inputs: Sequence[Any], results: Mapping[int, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The values that a step is handed. Raises _Skip or _NotThere where one is missing."""
    if step.target is not None and step.target.step not in results:
        raise _Skip
    args = tuple([_resolve(value, inputs, results) for value in step.args])
    return args, {key: _resolve(value, inputs, results) for key, value in step.kwargs.items()}


def _resolve(value: Any, inputs: Sequence[Any], results: Mapping[int, Any]) -> Any:
    kind = type(value)
    if kind is Input:
        return np.array(inputs[value.index])
    if kind is Ref:
        if value.step not in results:
            raise _Skip
        return _part(results[value.step], value.path)
    if kind is Formula:
        return value.function()
    if kind is NumberType:
        return value.type()
    if kind is dict:
        return {key: _resolve(item, inputs, results) for key, item in value.items()}
    if kind is list or kind is tuple:
        return kind([_resolve(item, inputs, results) for item in value])
    return value.copy() if kind is np.ndarray else value


def _part(value: Any, path: Sequence[int | str]) -> Any:
    for key in path:
        if value is None:
            raise _NotThere("None")
        if isinstance(key, str):
            if not isinstance(value, dict):
                raise _NotThere("not a dict", type(value).__name__)
            if not value:
                raise _NotThere("empty dict")
            if key not in value:
                keys = sorted(map(str, value))[:_MAX_KEYS]
                raise _NotThere("no key", ", ".join(repr(key[:_MAX_KEY]) for key in keys))
            value = value[key]
        else:
            if not isinstance(value, tuple | list):
                if isinstance(value, np.ndarray):
                    raise _NotThere("one array", str(value.shape))
                raise _NotThere("one value", type(value).__name__)
            if key >= len(value):
                raise _NotThere("no index", str(len(value)))
            value = value[key]
    return value


def perform(
    step: Step, lookup: Lookup, results: Mapping[int, Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    """Do what a step says, on the implementation's own objects."""
    if step.operation == "call":
        try:
            function = lookup(step.name)
        except NameError as error:
            raise _Missing(str(error)) from error
        return function(*args, **kwargs)
    if step.operation == "apply":
        return Formula(step.name)(*args)
    assert step.target is not None
    if step.operation == "update":
        return _with_entries(results[step.target.step], step.target.path, args[0])
    target = _part(results[step.target.step], step.target.path)
    if step.operation == "method":
        return getattr(target, step.name)(*args, **kwargs)
    if step.operation == "read":
        return getattr(target, step.name)
    setattr(target, step.name, args[0])
    return None


def _with_entries(value: Any, path: Sequence[int | str], entries: dict[str, Any]) -> dict[str, Any]:
    """The dict at ``path`` with ``entries`` written into it; the entries alone where there is none."""
    try:
        base = _part(value, path)
    except _NotThere:
        base = None
    if not isinstance(base, dict):
        return entries
    base.update(entries)
    return base


def _snapshot(value: Any, path: Sequence[int | str]) -> Any:
    """A copy that may cross; what may not is described instead."""
    try:
        part = _part(value, path)
    except _NotThere as error:
        return error.absent
    try:
        return plain(part)
    except NotPlainError as error:
        return error.absent


def describe(error: BaseException) -> Failure:
    """An exception as data: its type, what it says (cut), and the last line of the student's own code."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith("<") and not frame.filename.startswith("<frozen"):
            place = Place(_label(frame.filename), frame.lineno or 0, (frame.line or "").strip()[:200])
    if isinstance(error, SyntaxError) and place is None:
        place = Place(_label(str(error.filename)), error.lineno or 0, (error.text or "").strip()[:200])
    try:
        message = str(error)[:MAX_MESSAGE]
    except BaseException:  # a student's exception class may raise in __str__ too
        message = ""
    return Failure("raised", type(error).__name__[:80], message, place)


def _label(filename: str) -> str:
    """``<cell 7>`` → ``cell 7``; a tree's file without the package that it is served in."""
    return filename.strip("<>").removeprefix("submission.")


def main_lookup() -> Lookup:
    """Find names in the main module, which is replaced when a submission is loaded."""

    def lookup(name: str) -> Any:
        namespace = sys.modules["__main__"].__dict__
        if name not in namespace:
            raise NameError(f"name '{name}' is not defined")
        return namespace[name]

    return lookup
