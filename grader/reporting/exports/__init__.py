"""Exports: a report, or a class's, as a file for another program. One file each, with its ``EXPORT``.

An installed package adds one by an entry point of the group ``grader.exports`` that leads to an ``Export``; a
program adds one by ``register``. Nothing else names an export.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points

from grader.model import Report

__all__ = ["GROUP", "Export", "export_names", "find_export", "register"]

GROUP = "grader.exports"
"""The group of entry points by which an installed package adds an export."""


@dataclass(frozen=True, slots=True)
class Export:
    """A format: what it makes of one report, or of a class's."""

    name: str
    file: str
    """What its file is called where nobody says otherwise, such as ``junit.xml``."""
    of_report: Callable[[Report], str] | None = None
    of_class: Callable[[Sequence[Report]], str] | None = None
    """Reports as ``class_entry`` keeps them: points, statuses and first failures, without cells."""


_registry: dict[str, Export] = {}


def register(export: Export) -> Export:
    """Make an export known under its name. Raises ValueError for a name that another one has."""
    if export.name in _own_names() or _registry.get(export.name, export) != export:
        raise ValueError(f"there are two exports named {export.name!r}; call yours otherwise")
    _registry[export.name] = export
    return export


def _own_names() -> list[str]:
    """Each module of this folder is the export of its name."""
    return [module.name for module in pkgutil.iter_modules(__path__)]


def export_names() -> list[str]:
    """The names of all exports; none of them is loaded for it."""
    return sorted({*_own_names(), *_registry, *(point.name for point in entry_points(group=GROUP))})


def find_export(name: str) -> Export:
    """The export of this name. Raises ValueError, with the names there are, or why it cannot be loaded."""
    if name in _own_names():
        found: Export = importlib.import_module(f"{__name__}.{name}").EXPORT
        return found
    if name in _registry:
        return _registry[name]
    for point in entry_points(group=GROUP, name=name):
        try:
            loaded = point.load()
        except Exception as error:
            raise ValueError(f"the export {name!r} cannot be loaded from {point.value}: {error}") from error
        if not isinstance(loaded, Export):
            raise ValueError(f"{point.value}, which should be the export {name!r}, is none")
        return loaded
    raise ValueError(f"there is no export {name!r}; there are: {', '.join(export_names())}")
