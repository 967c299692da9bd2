"""A case is a recording: ordinary code, run once on the reference, gives the program *and* its answer key.

The recorder stands in for the implementation. It hands out copies and knows them by identity, so that
``dx, dw, db = impl.affine_backward(dout, cache)`` is understood as a call with the result of an earlier one,
and a ``cache`` that *is* the input ``x`` is still not taken for it.
Objects that are not plain values are *held*: their methods are recorded, their attributes read as snapshots,
and they are written only by ``held.set(params={…})``, so that nothing is silently lost; a dict that came back
is written only by ``update``.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.model import (
    LARGEST_PRINTED,
    Case,
    Check,
    Formula,
    Input,
    NumberType,
    Operation,
    Ref,
    Step,
    watched_arguments,
)
from grader.sandbox.replay import seed as seed_everything
from grader.sandbox.watch import MAX_WATCHED

_PLAIN = (np.ndarray, np.generic, tuple, list, dict, int, float, str, bool, type(None))


class Recorder:
    """Records calls on ``implementation``; without one it only *traces*, and every result is held."""

    def __init__(self, implementation: Mapping[str, Any] | None) -> None:
        self._implementation = implementation
        self._steps: list[Step] = []
        self._snapshots: list[Any] = []
        self._inputs: list[Any] = []
        self._names: list[str] = []
        self._recipes: dict[int, str] = {}
        self._results: dict[int, Ref] = {}
        self._literals: dict[int, Input] = {}
        self._originals: dict[int, Any] = {}
        self._alive: list[Any] = []  # identities stay unique while their objects live

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: self._perform("call", name, None, args, kwargs)

    # Underscores: every public name on a recorder belongs to the implementation that it stands for.

    def _perform(
        self,
        operation: Operation,
        name: str,
        target: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        function = self._target(operation, name, target)
        parameters = _parameters(function, len(args))
        labels = (*parameters, *[""] * (len(args) - len(parameters)))
        step = Step(
            operation,
            name,
            None if target is None else self._reference(target),
            tuple(self._symbol(value, label) for value, label in zip(args, labels, strict=True)),
            {key: self._symbol(value, key) for key, value in kwargs.items()},
            parameters,
        )
        self._steps.append(step)
        result: Any = _TRACED
        if self._implementation is not None:
            raw_args = [self._original(value) for value in args]
            raw_kwargs = {key: self._original(value) for key, value in kwargs.items()}
            if operation == "read":
                result = function
            elif operation == "set":
                setattr(self._original(target), name, raw_args[0])
                result = None
            elif operation == "update":
                result = self._original(target)
                result.update(copy.deepcopy(raw_args[0]))
            else:
                result = function(*raw_args, **raw_kwargs)
        snapshot = copy.deepcopy(result) if isinstance(result, _PLAIN) else None
        self._snapshots.append(snapshot)
        return self._hand_out(result, Ref(len(self._steps) - 1))

    def _target(self, operation: Operation, name: str, target: Any) -> Any:
        if operation == "apply":
            return Formula(name)
        if self._implementation is None or operation == "update":
            return None
        if operation == "call":
            return self._implementation[name]
        return getattr(self._original(target), name, None)

    def _hand_out(self, original: Any, ref: Ref) -> Any:
        """What the author gets for a result: an object of its own that stands for ``original``."""
        handed: Any = original
        if isinstance(original, np.ndarray | np.generic):
            handed = original.copy()
        elif isinstance(original, float):
            handed = original * 1.0  # another object: a setting of the author's may have come back
        elif isinstance(original, tuple | list):
            items = [self._hand_out(item, Ref(ref.step, (*ref.path, i))) for i, item in enumerate(original)]
            handed = tuple(items) if isinstance(original, tuple) else items
        elif isinstance(original, dict):
            handed = {k: self._hand_out(v, Ref(ref.step, (*ref.path, k))) for k, v in original.items()}
        elif not isinstance(original, _PLAIN):
            handed = HeldObject(self, original)
        self._alive.append(handed)
        self._results[id(handed)] = ref
        self._originals[id(handed)] = original
        return handed

    def _original(self, value: Any) -> Any:
        """The implementation's own object for what the author passes on."""
        if isinstance(value, PendingAttribute):
            value = value.read()
        if _identifiable(value) and id(value) in self._originals:
            return self._originals[id(value)]
        if type(value) is dict and any(id(item) in self._literals for item in value.values()):
            return {key: self._original(item) for key, item in value.items()}
        return value

    def _reference(self, value: Any) -> Ref:
        if isinstance(value, PendingAttribute):
            value = value.read()
        if not _identifiable(value) or id(value) not in self._results:
            raise TypeError(
                f"a check names {type(value).__name__} {value!r:.60}, which no recorded call returned; "
                "pass on the very object that a call gave"
            )
        return self._results[id(value)]

    def _symbol(self, value: Any, label: str = "") -> Any:
        """``value`` as it stands in the program: a reference, an input, or a plain literal."""
        if isinstance(value, PendingAttribute):
            value = value.read()
        if _identifiable(value) and id(value) in self._results:
            return self._results[id(value)]
        if id(value) in self._literals:
            return self._literals[id(value)]
        if isinstance(value, np.ndarray):
            legible = _legible(np.asarray(value))
            if recipe := getattr(value, "recipe", ""):
                self._recipes[len(self._inputs)] = recipe
            self._originals[id(value)] = legible  # the implementation gets what a student can copy
            self._inputs.append(legible.copy())
            self._names.append(label or f"array_{len(self._inputs)}")
            self._alive.append(value)
            self._literals[id(value)] = Input(len(self._inputs) - 1)
            return self._literals[id(value)]
        if isinstance(value, dict):
            return {key: self._symbol(item, key) for key, item in value.items()}
        if isinstance(value, tuple | list):
            return type(value)(self._symbol(item, label) for item in value)
        if isinstance(value, type) and issubclass(value, np.generic):
            return NumberType(value.__name__)
        if isinstance(value, Formula | int | float | str | np.generic | None):
            return value
        raise TypeError(f"a case may not use a value of type {type(value).__name__}")

    def _resolve(self, check: Check) -> Check:
        """A check of values as a check of references to them; options that are plain stay as they are."""
        return Check(
            check.kind,
            {part: self._resolve_value(value) for part, value in check.outputs.items()},
            {
                key: self._resolve_value(value) if self._is_known(value) else value
                for key, value in check.options.items()
            },
        )

    def _is_known(self, value: Any) -> bool:
        known = _identifiable(value) and (id(value) in self._results or id(value) in self._literals)
        return known or isinstance(value, HeldObject | PendingAttribute)

    def _resolve_value(self, value: Any) -> Any:
        if isinstance(value, Entry):
            base = self._reference(value.owner)
            return Ref(base.step, (*base.path, value.key))
        if id(value) in self._literals:
            return self._literals[id(value)]
        if isinstance(value, tuple) and id(value) not in self._results:
            return tuple(self._resolve_value(item) for item in value)
        return self._reference(value)


class HeldObject:
    """An object of the implementation, as the author of a case sees it."""

    __slots__ = ("_object", "_recorder")

    def __init__(self, recorder: Recorder, target: Any) -> None:
        object.__setattr__(self, "_recorder", recorder)
        object.__setattr__(self, "_object", target)

    def __getattr__(self, name: str) -> Any:
        if self._object is _TRACED:
            return PendingAttribute(self, name)
        if callable(getattr(self._object, name)):
            return lambda *args, **kwargs: self._recorder._perform("method", name, self, args, kwargs)
        return self._recorder._perform("read", name, self, (), {})

    def __getitem__(self, key: int | str) -> Any:
        """While tracing, a part of a result, such as the gradients among what ``loss`` gives."""
        base = self._recorder._reference(self)
        if self._object is not _TRACED:
            raise TypeError(f"an object of the implementation has no part {key!r}")
        return self._recorder._hand_out(_TRACED, Ref(base.step, (*base.path, key)))

    def __setattr__(self, name: str, value: Any) -> None:
        raise TypeError(f"write `held.set({name}=…)`: an assignment would not be recorded")

    def set(self, **attributes: Any) -> None:
        """Set attributes of the object, as a recorded step."""
        for name, value in attributes.items():
            self._recorder._perform("set", name, self, (value,), {})


class PendingAttribute:
    """While tracing, an attribute of a held object: a method if it is called, else a value."""

    def __init__(self, held: HeldObject, name: str) -> None:
        self._held = held
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Record a method call."""
        return self._held._recorder._perform("method", self._name, self._held, args, kwargs)

    def read(self) -> Any:
        """Record a read."""
        return self._held._recorder._perform("read", self._name, self._held, (), {})


def update(impl: Any, config: Any, **entries: Any) -> Any:
    """``config``, a dict that an earlier call gave, with ``entries`` written into it; the rest of it stays.

    Where the implementation gave no dict, the result is a new one of the entries alone.
    """
    return impl._perform("update", "config", config, (entries,), {})


def apply(impl: Any, formula: str, value: Any) -> Any:
    """``formula``, an expression in ``x`` and ``np``, of an earlier result, computed at each replay."""
    return impl._perform("apply", formula, None, (value,), {})


def fill(impl: Any, array: Any, number: float) -> None:
    """Write ``number`` into every entry of an array that an earlier call gave: into that very array."""
    impl._perform("method", "fill", array, (number,), {})


def read(value: Any) -> Any:
    """An attribute of a held object as it is at this point of the program, while it is only traced."""
    return value.read() if isinstance(value, PendingAttribute) else value


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a result, for a check of a value without an identity of its own, such as a count."""

    owner: Any
    key: str | int


class _Traced:
    """The result of a step that was not run."""


_TRACED = _Traced()


def record(
    implementation: Mapping[str, Any] | None,
    author: Callable[[Any], list[Check]],
    *,
    question: str,
    label: str = "",
    sizes: Mapping[str, Any] | None = None,
    rung: int,
    hidden: bool,
    seed: int,
    deadline: float = 5.0,
    watch: bool = True,
) -> Case:
    """Run ``author`` once on the implementation: the case, and what the implementation gives in it."""
    recorder = Recorder(implementation)
    seed_everything(seed)
    checks = tuple(recorder._resolve(check) for check in author(recorder))
    keep: list[Ref] = []
    for check in checks:
        for ref in _references((check.outputs, check.options)):
            if ref not in keep:
                keep.append(ref)
    traced = implementation is None
    case = Case(
        question=question,
        label=label or ", ".join(f"{name} = {size}" for name, size in (sizes or {}).items()),
        sizes=dict(sizes or {}),
        rung=rung,
        hidden=hidden,
        seed=seed,
        inputs=tuple(recorder._inputs),
        input_names=tuple(recorder._names),
        recipes=dict(recorder._recipes),
        steps=tuple(recorder._steps),
        keep=tuple(keep),
        key=() if traced else tuple(_part(recorder._snapshots[ref.step], ref.path) for ref in keep),
        checks=checks,
        deadline=deadline,
        watch=watch,
        watched=_watched(recorder, checks),
    )
    recorder._alive.clear()  # held objects refer to their recorder: a cycle that would keep images alive
    return case


def _legible(array: Any) -> Any:
    """The array with at most 12 significant digits: 1.789 where a sum gave 1.7890000000000001.

    Only where it is small enough to be printed, and off by less than computing it again would be.
    """
    if array.dtype != np.float64 or array.size > LARGEST_PRINTED or not np.all(np.isfinite(array)):
        return array
    digits = np.array([float(f"{value:.12g}") for value in array.ravel()]).reshape(array.shape)
    return digits if np.all(np.abs(digits - array) <= 4 * np.spacing(np.abs(array))) else array


def _watched(recorder: Recorder, checks: Sequence[Check]) -> tuple[tuple[int, int | str], ...]:
    arguments = watched_arguments(recorder._steps, checks)
    for number, argument in arguments:
        step = recorder._steps[number]
        given = step.argument(argument)
        if isinstance(given, Input) and recorder._inputs[given.index].nbytes > MAX_WATCHED:
            raise TypeError(
                f"`unchanged` compares arrays of up to {MAX_WATCHED >> 10} KB; argument {argument!r} of "
                f"`{step.name}` is larger. Make that rung smaller."
            )
    return arguments


def _references(value: Any) -> list[Ref]:
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, dict):
        return [ref for item in value.values() for ref in _references(item)]
    if isinstance(value, tuple | list):
        return [ref for item in value for ref in _references(item)]
    return []


def _part(value: Any, path: tuple[int | str, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _identifiable(value: Any) -> bool:
    """Small integers, strings, booleans and None are shared by everyone: they have no identity to know."""
    return not isinstance(value, bool | int | str | None)


def _parameters(function: Any, count: int) -> tuple[str, ...]:
    if not callable(function):
        return ()
    try:
        names = [p.name for p in inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):
        return ()
    return tuple(names[:count])
