"""Arguments before and after a step: which of them a call altered, and whether that matters.

An argument that is handed over as it stands in the case may not be altered at all. An object that an earlier
step made, such as a cache, is the submission's own: scratch arrays and counters in it are its own business.
It may not lose the caller's arrays, which it holds, and the same call must give the same again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from grader.model import Case, Changed, Input, Step
from grader.sandbox.wire import NotPlainError, plain

MAX_WATCHED = 64 << 10
"""Bytes of an array that comes back to be compared."""
_SAME = 1e-9
"""Of the largest element: how far a second call may be from the first, which rounds as its memory lies."""


class Leaf(NamedTuple):
    """An array in the arguments of a step."""

    argument: int | str
    path: tuple[int | str, ...]
    array: Any
    copy: Any
    """What it held when it was found."""


class _Doubt(NamedTuple):
    """A call that altered an object which an earlier step made; a second call decides."""

    step: int
    argument: int | str
    changed: list[Changed]
    own: list[Leaf]
    """The caller's arrays in it, as they were before."""
    first: Any
    """What the call gave."""


class Watch:
    """What the steps of one case do to their arguments."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._given: list[Any] = []
        self._changed: list[Changed] = []
        self._bits: dict[tuple[int, int | str], tuple[list[bytes], list[bytes]]] = {}
        self._doubts: list[_Doubt] = []

    def before(self, step: Step, args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Leaf]:
        """The arrays of a step's arguments, with copies; those of the case's inputs are the caller's."""
        leaves = leaves_of(args, kwargs)
        self._given += [leaf.array for leaf in leaves if type(step.argument(leaf.argument)) is Input]
        return leaves

    def after(
        self,
        index: int,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        before: Sequence[Leaf],
        results: Mapping[int, Any],
    ) -> None:
        """Note what a step did to its arguments; ``results`` lacks it where it failed."""
        altered: dict[int | str, list[Changed]] = {}
        for leaf in before:
            if not _same_bits(leaf.array, leaf.copy):
                altered.setdefault(leaf.argument, []).append(Changed(index, leaf.argument, leaf.path))
        for number, name in self._case.watched:
            if number != index or index not in results:
                continue
            here = [leaf for leaf in before if leaf.argument == name]
            now = leaves_of([], {"": args[name] if isinstance(name, int) else kwargs[name]})
            old, new = [bits_of(leaf.copy) for leaf in here], [bits_of(leaf.array) for leaf in now]
            self._bits[index, name] = (old, new)
            if old != new and type(self._case.steps[index].argument(name)) is not Input:
                own = [leaf for leaf in here if self._is_given(leaf.array)]
                changes = altered.pop(name, [])
                self._doubts.append(_Doubt(index, name, changes, own, _plain(results[index])))
        self._changed += [change for changes in altered.values() for change in changes]

    def settle(self, again: Callable[[int], Any]) -> tuple[tuple[Changed, ...], bytes | None]:
        """All changes that matter, and the bits of ``Case.watched``. ``again`` makes the call of a step."""
        for doubt in self._doubts:
            if all(_same_bits(leaf.array, leaf.copy) for leaf in doubt.own) and _repeats(doubt, again):
                bits = [bits_of(leaf.copy) for leaf in doubt.own]
                self._bits[doubt.step, doubt.argument] = (bits, bits)
            else:
                self._changed += doubt.changed or [Changed(doubt.step, doubt.argument)]
        if not self._case.watched:
            return tuple(self._changed), None
        inputs: list[bytes] = []
        others: tuple[list[bytes], list[bytes]] = ([], [])
        for (index, name), (old, new) in self._bits.items():
            if type(self._case.steps[index].argument(name)) is Input:
                inputs += new
            else:
                others[0].extend(old)
                others[1].extend(new)
        self._changed.sort(key=lambda change: change.step)
        return tuple(self._changed), b"".join([*inputs, *others[0], *others[1]])

    def _is_given(self, array: Any) -> bool:
        return any(np.may_share_memory(array, given) for given in self._given)


def _repeats(doubt: _Doubt, again: Callable[[int], Any]) -> bool:
    """Whether the same call gives the same after all that was altered."""
    try:
        return _alike(doubt.first, _plain(again(doubt.step)))
    except BaseException:
        return False


def _plain(value: Any) -> Any:
    try:
        return plain(value)
    except NotPlainError as error:
        return error.absent


def _alike(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if isinstance(one, np.ndarray | np.generic | float) and np.asarray(one).dtype.kind in "fc":
        a, b = np.asarray(one), np.asarray(other)
        size = float(np.max(np.abs(a[np.isfinite(a)]), initial=0.0))
        return a.shape == b.shape and np.allclose(a, b, rtol=0, atol=_SAME * size, equal_nan=True)
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)


def leaves_of(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Leaf]:
    """Each array reachable in the arguments."""
    leaves: list[Leaf] = []
    for position, value in enumerate(args):
        _walk(leaves, position, (), value, 0)
    for keyword, value in kwargs.items():
        _walk(leaves, keyword, (), value, 0)
    return leaves


def _walk(leaves: list[Leaf], name: int | str, path: tuple[int | str, ...], value: Any, depth: int) -> None:
    if isinstance(value, np.ndarray):
        if value.dtype != object:
            leaves.append(Leaf(name, path, value, value.copy()))
    elif isinstance(value, tuple | list) and depth < 5:
        for key, item in enumerate(value[:50]):
            _walk(leaves, name, (*path, key), item, depth + 1)
    elif isinstance(value, dict) and depth < 5:
        for text, item in list(value.items())[:50]:
            _walk(leaves, name, (*path, str(text)), item, depth + 1)


def bits_of(array: Any) -> bytes:
    """Type, shape and every bit of an array, unless it is larger than what comes back."""
    head = f"{array.dtype.str}{array.shape}".encode()
    return head + array.tobytes() if array.nbytes <= MAX_WATCHED else head


def _same_bits(one: Any, other: Any) -> bool:
    return bool(one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes())
