"""``grader doctor``: what this machine can do, and what is missing."""

from __future__ import annotations

import platform
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

import grader
from grader.cli.common import COULD_NOT, find_course_or_none
from grader.course import CourseError, assignments, load_assignment


def doctor(
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Say what works here: versions, the sandbox's level, the course."""
    print(f"gradient-grader {grader.__version__}, Python {platform.python_version()} ({sys.platform})")
    for name in ("numpy", "msgspec", "jupytext", "nbformat", "matplotlib"):
        print(f"  {name:12} {_version(name)}")
    fine = _sandbox() & _course(course)
    print("Everything that grading needs is here." if fine else "Something is missing: see above.")
    raise typer.Exit(0 if fine else COULD_NOT)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed" + (
            " (needed for `grader release`)" if name in ("jupytext", "nbformat") else ""
        )


def _sandbox() -> bool:
    from grader.model import Chunk, Load
    from grader.sandbox import Sandbox, SandboxError

    try:
        clock = time.monotonic()
        with Sandbox() as sandbox:
            started = time.monotonic() - clock
            with sandbox.open(Load((Chunk("probe", "x = 1", (0,)),))) as session:
                problems = session.problems
        if problems:
            print(f"Sandbox: a probe could not be loaded: {problems[0][1].message}")
            return False
    except SandboxError as error:
        print(f"Sandbox: not available: {error}")
        return False
    print(
        f"Sandbox: level `{sandbox.info.level}` ({', '.join(sandbox.info.mechanisms)}); up in {started:.1f} s"
    )
    return True


def _course(given: Path | None) -> bool:
    folder = find_course_or_none(given)
    if folder is None:
        print("Course: none here; `grader check` then needs a .cases file beside the notebook")
        return True
    print(f"Course: {folder}")
    fine = True
    for name in assignments(folder):
        try:
            found = load_assignment(folder, name)
        except (CourseError, OSError) as error:
            print(f"  {name}: cannot be used: {error}")
            fine = False
            continue
        points = sum(q.max_score for q in found.questions)
        print(
            f"  {name} {found.version}: {len(found.questions)} questions, {points:g} points, "
            f"{len(found.public)} public and {sum(found.hidden_counts.values())} hidden cases"
        )
    return fine
