"""Kinds of questions, one file each: how a question of that kind is judged.

A kind of ours is a file of this folder with a ``KIND``; a course brings one by calling ``register`` where its
rubric imports it.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from grader.grading.judgement import CheckLive, JudgeAll

__all__ = ["QuestionKind", "kind_names", "kinds_in_order", "question_kind", "register"]


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of questions."""

    name: str
    judge: JudgeAll
    check: CheckLive
    order: int = 1
    """Kinds with a lower number are judged first: others build on their verdicts."""


_registry: dict[str, QuestionKind] = {}


def register(kind: QuestionKind) -> QuestionKind:
    """Make a kind known under its name. Raises ValueError for a name that another kind has."""
    known = _registry.setdefault(kind.name, kind)
    if known.judge.__module__ != kind.judge.__module__ or kind.name in _own_kinds():
        raise ValueError(f"there are two kinds of questions named {kind.name!r}; call yours otherwise")
    _registry[kind.name] = kind
    return kind


@cache
def _own_kinds() -> dict[str, QuestionKind]:
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return {module.KIND.name: module.KIND for module in modules if hasattr(module, "KIND")}


def kind_names() -> list[str]:
    """The names of all kinds."""
    return sorted({**_own_kinds(), **_registry})


def question_kind(name: str) -> QuestionKind:
    """The kind of this name; of one that is not known here, the one that is judged later."""
    return _own_kinds().get(name) or _registry.get(name) or _own_kinds()["written"]


def kinds_in_order() -> list[QuestionKind]:
    """All kinds, in the order in which they are judged."""
    return sorted({**_own_kinds(), **_registry}.values(), key=lambda kind: (kind.order, kind.name))
