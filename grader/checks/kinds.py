"""Kinds of checks: what a kind declares of itself, and where declarations are found.

A kind of ours is a file of this folder with a ``KIND``; a course brings one by calling ``register`` where its
rubric imports it. Nothing else names a kind: whatever a room asks of one is a field here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from grader.model import Case, CaseResult, Check, Outcome, Ref

Evaluate = Callable[[Case, Ref, list[dict[int, Any]]], list[Any]]
"""Values of a result at other inputs, from the implementation that is being judged."""
Judge = Callable[[Check, Case, CaseResult, Evaluate], list[Outcome]]
"""One outcome for each output. It compares results with the case's key, and raises nothing."""
Form = Callable[[Check, str, Case], None]
"""``form(check, where, case)`` raises FieldError where a check of a file is not what its kind reads."""


def always(check: Check) -> bool:
    """What is so of every check of a kind."""
    return True


def never(check: Check) -> bool:
    """What is so of no check of a kind."""
    return False


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A kind of checks."""

    name: str
    judge: Judge
    form: Form
    decides_points: Callable[[Check], bool] = always
    passes_without_an_answer: bool = False
    """A function that computes nothing passes it: alone it earns no points."""
    random: bool = False
    """What it looks at is random by nature (a mask, weights at the start): only its statistics tell answers
    apart."""
    tells_answers_apart: bool = True
    """Its results belong to what a wrong answer is known by; not where they decide nothing, or are compared
    with nothing that could be known beforehand."""
    known_by_verdict: bool = False
    """A wrong answer is known by the verdict, not by values, of which none, or all, are right."""
    second_opinion: bool = False
    """It need not be asked where all that decides was right: a costly check that explains."""
    derivatives: bool = False
    """Its outputs are pairs (input, its derivative)."""
    compares_entries: bool = False
    """Each entry of a result has a right one, so that their differences can be drawn."""
    judges_arguments: bool = False
    """It is about the arguments named in its options, and not about what a call gives."""
    sees_side_effects: bool = False
    """It is about what earlier steps left behind: a program that shows it has all of them."""
    subject: Callable[[Any, Outcome], Any] = lambda output, outcome: (
        output[0] if isinstance(output, tuple) else output
    )
    """Of an output's several results, the one that an outcome is about: the first, if a kind says no more."""
    require: Callable[[Check, Case], None] | None = None
    """Raises ValueError, with what its author must mend, for a case in which such a check may not stand."""
    drawn: bool = False
    """Its measurements are the points of a path, to be drawn."""
    says: str = ""
    """What it looks at, in a student's words; for kinds of ours the catalogue has them."""


_registered: dict[str, CheckKind] = {}


def register(kind: CheckKind) -> CheckKind:
    """Make a kind known under its name. Raises ValueError for a name that another kind has."""
    known = _registered.setdefault(kind.name, kind)
    if known.judge.__module__ != kind.judge.__module__:
        raise ValueError(f"there are two kinds of checks named {kind.name!r}; call yours otherwise")
    _registered[kind.name] = kind
    return kind


@cache
def _own_kinds() -> dict[str, CheckKind]:
    """The kinds of this folder, by name."""
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package)
    modules = (importlib.import_module(f"{package}.{m.name}") for m in pkgutil.iter_modules(folder.__path__))
    return {module.KIND.name: module.KIND for module in modules if hasattr(module, "KIND")}


def kind_of(name: str) -> CheckKind:
    """The kind of this name. Raises KeyError, with the names there are."""
    found = _own_kinds().get(name) or _registered.get(name)
    if found is None:
        raise KeyError(f"no kind of checks is named {name!r}; there are: {', '.join(sorted(kind_names()))}")
    return found


def kind_names() -> frozenset[str]:
    """The names of all kinds: those of this folder, and those that courses registered."""
    return frozenset(_own_kinds()) | frozenset(_registered)


def own_kind_names() -> frozenset[str]:
    """The names of the kinds of this folder, which every laptop has."""
    return frozenset(_own_kinds())
