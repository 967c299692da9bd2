"""Where a course is: the folder that is named, or the nearest one with ``assignments/`` and ``reference/``.

A course is code that is run with the instructor's rights. So it is never looked for in what was handed in,
and nothing but its two packages can be imported from it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import importlib.util
import os
import secrets
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.model import Module

SECRET = ".grader-secret"
_PACKAGES = ("assignments", "reference")


class CourseError(Exception):
    """A course, an assignment or a rubric that cannot be used; the message says what to do."""


def find_course(start: Path, handed_in: Path | None = None) -> Path | None:
    """The nearest course at or above ``start``; none that lies in what was handed in, or is that itself.

    The folder of a single file counts as handed in with it: it came in the same archive.
    """
    theirs = None if handed_in is None else _folder_of(handed_in)
    for folder in (start, *start.parents):
        if is_course(folder) and not (theirs is not None and folder.resolve().is_relative_to(theirs)):
            return folder
    return None


def _folder_of(handed_in: Path) -> Path:
    """The folder of a file, or of a path that goes on inside an archive; a folder itself."""
    resolved = handed_in.resolve()
    return next(place for place in (resolved, *resolved.parents) if place.is_dir())


def is_course(folder: Path) -> bool:
    """Whether ``folder`` has the shape of a course."""
    return (folder / "assignments").is_dir() and (folder / "reference").is_dir()


def assignments(course: Path) -> list[str]:
    """Names of a course's assignments."""
    return sorted(rubric.parent.name for rubric in (course / "assignments").glob("*/rubric.py"))


def load_rubric(course: Path, name: str) -> Any:
    """The ``rubric`` object of one assignment: the instructor's own code, run here."""
    path = course / "assignments" / name / "rubric.py"
    if not path.is_file():
        names = ", ".join(assignments(course)) or "none"
        raise CourseError(f"there is no assignment `{name}` in {course}; there is: {names}")
    _bind(course)
    spec = importlib.util.spec_from_file_location(f"rubric_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, "rubric"):
        raise CourseError(f"{path} defines no `rubric`")
    return module.rubric


def load_reference(course: Path, modules: tuple[str, ...]) -> list[ModuleType]:
    """The reference's modules, imported from this course and no other."""
    _bind(course)
    try:
        return [importlib.import_module(name) for name in modules]
    except ImportError as error:
        raise CourseError(f"the reference in {course} cannot be imported: {error}") from error


def course_sources() -> tuple[Module, ...]:
    """The modules of a course's packages that are loaded now, as source: what its reference needs to run."""
    loaded = {name: sys.modules[name] for name in list(sys.modules) if name.partition(".")[0] in _PACKAGES}
    return tuple(Module(name, _text(module), hasattr(module, "__path__")) for name, module in loaded.items())


def _text(module: ModuleType) -> str:
    """A module's source; nothing for a package without a file of its own."""
    path = getattr(module, "__file__", None)
    return "" if path is None else Path(path).read_text(encoding="utf-8")


def course_seed(course: Path) -> int:
    """The hidden seed that a course keeps for itself: GRADER_SECRET, or a file that is made once."""
    text = os.environ.get("GRADER_SECRET", "")
    path = course / SECRET
    if not text:
        try:
            if not path.exists():
                path.write_text(secrets.token_hex(16) + "\n")
            text = path.read_text().strip()
        except OSError as error:
            raise CourseError(
                f"the hidden seed cannot be kept in {path} ({error}); give one with --seed or GRADER_SECRET"
            ) from error
    return (
        int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
    )  # SQL's integers have a sign


class _CourseFinder(importlib.abc.MetaPathFinder):
    """Finds a course's two packages, in this course, and nothing else beside them."""

    def __init__(self, course: Path) -> None:
        self.course = course

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of one of the packages; their modules are then found in them as usual."""
        if fullname not in _PACKAGES:
            return None
        folder = self.course / fullname
        initial = folder / "__init__.py"
        if initial.is_file():
            places = [str(folder)]
            return importlib.util.spec_from_file_location(
                fullname, initial, submodule_search_locations=places
            )
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        return spec


def _bind(course: Path) -> None:
    """Let a course's own packages be found, and forget those of another course."""
    for name in [name for name in sys.modules if name.partition(".")[0] in _PACKAGES]:
        module = sys.modules[name]
        places = [module.__file__] if getattr(module, "__file__", None) else list(module.__path__)
        if not all(place is not None and Path(place).is_relative_to(course) for place in places):
            del sys.modules[name]
    bound = [finder.course for finder in sys.meta_path if isinstance(finder, _CourseFinder)]
    if bound != [course]:
        others = [finder for finder in sys.meta_path if not isinstance(finder, _CourseFinder)]
        sys.meta_path[:] = [_CourseFinder(course), *others]
