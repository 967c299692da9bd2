"""What the commands share: finding the course, and saying what is wrong."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from grader.cli import streams

if TYPE_CHECKING:
    from grader.course import PublicAssignment
    from grader.model import Case

NOT_PASSED = 1
USAGE = 2
COULD_NOT = 3

PACK = ".pack"
"""How a file of evidence ends."""
COURSE = "GRADER_COURSE"
"""The environment variable that names a course's folder, where --course does not."""
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What the system says where a disk, a share of it or a file is full."""


def usage(message: str) -> NoReturn:
    """End with exit code 2: the command was called in a way that cannot work."""
    _say(message)
    raise typer.Exit(USAGE)


def fail(message: str) -> NoReturn:
    """End with exit code 3: the command was right, but could not be carried out."""
    _say(message)
    raise typer.Exit(COULD_NOT)


@contextmanager
def exit_on_errors(resume_command: str = "") -> Iterator[None]:
    """Turn what the rooms below raise on purpose into a sentence and exit code 3.

    ``resume_command`` says how the command is taken up again, once there is room on the disk.
    """
    from grader.course import CourseError
    from grader.grading.executors import WorkersError
    from grader.intake import UnreadableError
    from grader.sandbox import SandboxError

    try:
        yield
    except (CourseError, UnreadableError) as error:
        fail(f"{error}.")
    except (SandboxError, WorkersError) as error:
        fail(f"{error}.{_limit_of_the_shell()}")
    except MemoryError:
        fail(f"there is not enough memory.{_limit_of_the_shell()}")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        how = f" Make room, then: {resume_command}." if resume_command and error.errno in _FULL else ""
        message = f"{error.strerror or error}{where}. Nothing that was written before is lost.{how}"
        fail(message + _limit_of_the_shell())


def _limit_of_the_shell() -> str:
    """A sentence on what the caller's shell forbids, where it does."""
    from grader.messages.machine import say_advice
    from grader.sandbox.advice import tight_limit

    limit = tight_limit()
    return f" {say_advice(limit)}" if limit is not None else ""


def require_separate(handed_in: Path, *outputs: Path | None) -> None:
    """End the command where it would write over what was handed in."""
    for path in outputs:
        if path is not None and path.exists() and path.resolve() == handed_in.resolve():
            usage(f"{path} is what was handed in: write to another file.")


def require_assignment(course: Path, name: str) -> None:
    """End the command where a course has no assignment of this name."""
    from grader.course import assignments

    names = assignments(course)
    if name not in names:
        usage(f"{course} has no assignment `{name}`; it has: {', '.join(names) or 'none'}.")


def require_folder(path: Path, option: str) -> None:
    """End the command where what ``option`` names for its output exists and is no folder."""
    if path.exists() and not path.is_dir():
        usage(f"{path} is a file; {option} names a folder.")


def hidden_cases(assignment: PublicAssignment, seed: int | None) -> tuple[Case, ...]:
    """The hidden cases of ``--seed``, none without one. Ends the command where a bundle is all there is."""
    from grader.course import CourseAssignment

    if seed is None:
        return ()
    if not isinstance(assignment, CourseAssignment):
        usage("hidden cases need the course; a bundle of public cases has none. Leave --seed out.")
    return assignment.record_hidden(seed)


def course_folder(course: Path | None, handed_in: Path | None = None) -> Path:
    """The course that was named, or the nearest one; usage error when there is none."""
    folder = find_course_or_none(course, handed_in)
    if folder is None:
        usage(
            "no course was found: a course is a folder with assignments/ and reference/. Run this inside "
            f"one, or name it with --course or {COURSE}. It is not looked for in what was handed in."
        )
    return folder


def find_course_or_none(course: Path | None, handed_in: Path | None = None) -> Path | None:
    """The course that was named, else the nearest one at or above the current folder.

    Never one that lies in what was ``handed_in``: a course is code that is run.
    """
    from grader.course import find_course

    named, how = (course, "--course") if course is not None else (_from_environment(COURSE), COURSE)
    if named is None:
        return find_course(Path.cwd(), None if handed_in is None or _is_packed(handed_in) else handed_in)
    folder = find_course(named.resolve())
    if folder is None:
        usage(f"{named} ({how}) is not a course: it should hold assignments/ and reference/.")
    return folder


def _is_packed(handed_in: Path) -> bool:
    """Whether it is still in an archive, or a pack of evidence: what lies beside it is not the student's."""
    from grader.intake import is_archive

    return any(is_archive(place.name) and place.is_file() for place in (handed_in, *handed_in.parents)) or (
        handed_in.suffix == PACK and handed_in.is_file()
    )


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(name, "")
    return Path(value) if value else None


def _say(message: str) -> None:
    from grader.reporting import safe_line

    # What is said may hold a name from a student's file: one line, no escapes, no command to a CI.
    streams.remark(safe_line(f"grader: {message}"))
