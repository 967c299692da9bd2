"""Cases: recorded programs and their answer keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from grader.model.formulas import parse_formula


@dataclass(frozen=True, slots=True)
class Ref:
    """The result of an earlier step of a case, or a part of it: ``path`` holds indices and dict keys."""

    step: int
    path: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """The ``index``-th array among a case's inputs; every use gets a fresh copy."""

    index: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of one value: the text of an expression in ``x`` and ``np``. It crosses as text."""

    text: str

    def __call__(self, x: Any) -> Any:
        """The formula's value at ``x``."""
        return self.function()(x)

    def function(self) -> Callable[[Any], Any]:
        """The formula, parsed: see ``formulas``. Raises FormulaError for what is not in the grammar."""
        return parse_formula(self.text)


LARGEST_PRINTED = 400
"""Entries of an input that is printed whole in a snippet."""
NUMBER_TYPES: dict[str, Any] = {
    **{
        kind.__name__: kind
        for kind in (
            *(np.float16, np.float32, np.float64),
            *(np.int8, np.int16, np.int32, np.int64),
            *(np.uint8, np.uint16, np.uint32, np.uint64),
        )
    },
    "bool": np.bool_,  # NumPy 2's name of it
    "bool_": np.bool_,
}
"""The types that a case may pass on, by name."""


@dataclass(frozen=True, slots=True)
class NumberType:
    """A NumPy type of numbers as an argument, such as ``np.float64``. It crosses as its name."""

    name: str

    def type(self) -> Any:
        """The type itself. Raises ValueError for a name that is not listed."""
        if not isinstance(self.name, str) or self.name not in NUMBER_TYPES:
            raise ValueError(f"{self.name!r:.40} is no type of numbers; there is: {', '.join(NUMBER_TYPES)}")
        return NUMBER_TYPES[self.name]


Operation = Literal["call", "method", "read", "set", "update", "apply"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case: call a function or a method, read or set an attribute of an earlier result.

    ``update`` writes entries into an earlier result that is a dict; ``apply`` computes a formula (its text
    is the step's name) of one: what is given, such as a gradient where the student has got to.
    """

    operation: Operation
    name: str
    target: Ref | None
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    """Names of the positional arguments, for messages and for ``unchanged``."""

    def argument(self, name: int | str) -> Any:
        """The argument at a position, or of a keyword, as it stands in the program."""
        return self.args[name] if isinstance(name, int) else self.kwargs[name]


@dataclass(frozen=True, slots=True)
class Check:
    """What to compare: ``kind`` names a module of ``grader.checks``, ``outputs`` maps parts to results."""

    kind: str
    outputs: dict[str, Any]
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A recorded program with its answer key: it can be replayed on any implementation."""

    question: str
    label: str
    rung: int
    hidden: bool
    seed: int
    inputs: tuple[Any, ...]
    input_names: tuple[str, ...]
    steps: tuple[Step, ...]
    keep: tuple[Ref, ...]
    key: tuple[Any, ...]
    checks: tuple[Check, ...]
    deadline: float = 5.0
    """Seconds of wall time for the whole program."""
    watch: bool = True
    """Compare arguments before and after each step."""
    sizes: dict[str, Any] = field(default_factory=dict)
    """The rung's sizes by name, as its label shows them: ``{"N": 4, "d": (2, 3)}``."""
    recipes: dict[int, str] = field(default_factory=dict)
    """By input, where it is too large to be printed: the Python that draws it; see ``recipes``."""
    watched: tuple[tuple[int, int | str], ...] = ()
    """(step, argument): what these arguments hold after the step comes back, to be compared by the grader."""

    @property
    def axes(self) -> dict[str, int]:
        """The lengths of axes by name; of a size with several axes the first."""
        firsts = {n: s[0] if isinstance(s, tuple) and s else s for n, s in self.sizes.items()}
        return {name: size for name, size in firsts.items() if type(size) is int}

    def expected(self, ref: Ref) -> Any:
        """The key's value for a kept result."""
        return self.key[self.keep.index(ref)]


def watched_arguments(steps: Sequence[Step], checks: Iterable[Check]) -> tuple[tuple[int, int | str], ...]:
    """The arguments, by position or keyword, that the checks of a case want to be left alone."""
    arguments: dict[tuple[int, int | str], None] = {}
    for check in checks:
        for name in check.options.get("arguments", ()):
            for ref in check.outputs.values():
                step = steps[ref.step]
                if name in step.parameters:
                    arguments[ref.step, step.parameters.index(name)] = None
                elif name in step.kwargs:
                    arguments[ref.step, name] = None
    return tuple(arguments)


def needed_steps(steps: Sequence[Step], last: int) -> list[int]:
    """Indices of the steps that step ``last`` depends on, itself included, in order."""
    needed = {last}
    for index in range(last, -1, -1):
        step = steps[index]
        writes = (
            step.operation in ("set", "update") and step.target is not None and step.target.step in needed
        )
        if index in needed or writes:
            needed.add(index)
            needed |= {ref.step for ref in refs_in((step.target, step.args, step.kwargs))}
    return sorted(needed)


def refs_in(value: Any) -> list[Ref]:
    """The results that an argument is made of."""
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, tuple | list):
        return [ref for item in value for ref in refs_in(item)]
    if isinstance(value, dict):
        return [ref for item in value.values() for ref in refs_in(item)]
    return []
