"""``grader doctor``: what this machine can do, and what is missing."""

from __future__ import annotations

import platform
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import grader
from grader.cli.common import COULD_NOT, find_course_or_none

if TYPE_CHECKING:
    from grader.sandbox import Measurement


def doctor(
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Say what works here: versions, the sandbox's level and what was denied, the course."""
    print(f"gradient-grader {grader.__version__}, Python {platform.python_version()} ({sys.platform})")
    for name in ("numpy", "msgspec", "jupytext", "nbformat", "matplotlib"):
        print(f"  {name:12} {_version(name)}")
    fine = _sandbox() & _course(course)
    print("Everything that grading needs is here." if fine else "Something is missing: see above.")
    raise typer.Exit(0 if fine else COULD_NOT)


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed" + (
            " (needed for `grader release`)" if name in ("jupytext", "nbformat") else ""
        )


def _sandbox() -> bool:
    from grader.sandbox import Sandbox, SandboxError

    clock = time.monotonic()
    try:
        with Sandbox() as sandbox:
            measurement = sandbox.measurement
    except SandboxError as error:
        print(f"Sandbox: not available: {error}")
        return False
    print(f"Sandbox: level `{measurement.level}`, measured in {time.monotonic() - clock:.1f} s")
    for line in sandbox_lines(measurement):
        print(line)
    return measurement.level == "sealed"


def sandbox_lines(measurement: Measurement) -> list[str]:
    """What holds student code here, what does not and why, what was tried, and what to do."""
    from grader.messages.machine import say_advice, say_denial, say_missing, say_probe, say_shortfall
    from grader.sandbox.advice import advice

    lines = ["  Held by, each seen to deny:"]
    for name in measurement.mechanisms:
        lines += _entry(name, say_denial(name))
    missing = {name: why for name, why in measurement.missing.items() if why.reason != "other system"}
    if missing:
        lines.append("  Not used here:")
    for name, why in missing.items():
        lines += _entry(name, say_missing(why))
    lines.append("  Tried in a child without student code:")
    for name, denied in measurement.attempts.items():
        lines += _entry(say_probe(name), "denied" if denied else "NOT DENIED")
    if measurement.level != "sealed":
        text = (
            f"{say_shortfall(measurement)} The verdict is safe from it, this machine is not. "
            f"{say_advice(advice(measurement))}"
        )
        lines += textwrap.wrap(text, 78, initial_indent="  ", subsequent_indent="  ")
    return lines


def _entry(name: str, text: str) -> list[str]:
    return textwrap.wrap(text, 78, initial_indent=f"    {name:26} ", subsequent_indent=" " * 31)


def _course(course: Path | None) -> bool:
    from grader.course import CourseError, assignments, load_assignment

    folder = find_course_or_none(course)
    if folder is None:
        print("Course: none here; `grader check` then needs a .cases file beside the notebook")
        return True
    print(f"Course: {folder}")
    fine = True
    for name in assignments(folder):
        try:
            assignment = load_assignment(folder, name)
        except (CourseError, OSError) as error:
            print(f"  {name}: cannot be used: {error}")
            fine = False
            continue
        points = sum(q.max_score for q in assignment.questions)
        questions = f"{len(assignment.questions)} questions, {points:g} points"
        counts = f"{len(assignment.public)} public and {sum(assignment.hidden_counts.values())} hidden cases"
        print(f"  {name} {assignment.version}: {questions}, {counts}")
        print(f"    answers have Python's standard library and {', '.join(assignment.imports)}")
        for package in assignment.imports:
            if _version(package) == "not installed":
                print(f"    {package} is not installed: pip install {package}")
                fine = False
    return fine
