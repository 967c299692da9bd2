"""What the commands share: finding the course, saying what is wrong, writing files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from grader.course import CourseError, find_course
from grader.reporting import safe_line

NOT_PASSED = 1
USAGE = 2
COULD_NOT = 3


def usage(message: str) -> NoReturn:
    """End with exit code 2: the command was called in a way that cannot work."""
    _say(message)
    raise typer.Exit(USAGE)


def give_up(message: str) -> NoReturn:
    """End with exit code 3: the command was right, but could not be carried out."""
    _say(message)
    raise typer.Exit(COULD_NOT)


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the rooms below raise on purpose into a sentence and exit code 3."""
    from grader.sandbox import SandboxError

    try:
        yield
    except (CourseError, SandboxError) as error:
        give_up(f"{error}.")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        give_up(f"{error.strerror or error}{where}. Nothing that was written before is lost.")


def course_folder(given: Path | None, *starts: Path) -> Path:
    """The course that was named, or the nearest one; usage error when there is none."""
    found = find_course_or_none(given, *starts)
    if found is None:
        usage(
            "no course was found here: a course is a folder with assignments/ and reference/. "
            "Run this inside one, or name it with --course."
        )
    return found


def find_course_or_none(given: Path | None, *starts: Path) -> Path | None:
    """The course that was named, or the nearest one above ``starts`` and the current folder."""
    if given is not None:
        found = find_course(given.resolve())
        if found is None:
            usage(f"{given} is not a course: it should hold assignments/ and reference/.")
        return found
    return find_course(*(start.resolve() for start in starts), Path.cwd())


def write(path: Path, text: str | bytes) -> None:
    """Write a file whole: never half of it, and never instead of it nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _say(message: str) -> None:
    # What is said may hold a name from a student's file: one line, no escapes, no command to a CI.
    sys.stderr.write(safe_line(f"grader: {message}") + "\n")
