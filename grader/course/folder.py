"""Where a course is: the nearest folder with ``assignments/`` and ``reference/``."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import secrets
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

SECRET = ".grader-secret"


class CourseError(Exception):
    """A course, an assignment or a rubric that cannot be used; the message says what to do."""


def find_course(*starts: Path) -> Path | None:
    """The nearest folder at or above each of ``starts``, in turn, that is a course."""
    for start in starts:
        for folder in (start, *start.parents):
            if is_course(folder):
                return folder
    return None


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
        known = ", ".join(assignments(course)) or "none"
        raise CourseError(f"there is no assignment `{name}` in {course}; there is: {known}")
    _first_on_path(course)
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
    _first_on_path(course)
    try:
        return [importlib.import_module(name) for name in modules]
    except ImportError as error:
        raise CourseError(f"the reference in {course} cannot be imported: {error}") from error


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


def _first_on_path(course: Path) -> None:
    """Let a course's own modules be found, and forget those of another course."""
    text = str(course)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("reference", "assignments")]:
        module = sys.modules[name]
        places = [module.__file__] if getattr(module, "__file__", None) else list(module.__path__)
        if not all(place is not None and Path(place).is_relative_to(course) for place in places):
            del sys.modules[name]
    if sys.path[:1] != [text]:
        sys.path[:] = [text, *(entry for entry in sys.path if entry != text)]
