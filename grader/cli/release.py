"""``grader release``: the stub notebook and the public cases, ready to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.common import course_folder, explained, usage


def release(
    assignment: Annotated[str, typer.Argument(help="The assignment to release.")],
    to: Annotated[Path, typer.Option(help="The folder to hand out.")],
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Write an assignment's stub notebook and its bundle of public cases."""
    from grader.course import assignments

    folder = course_folder(course)
    if assignment not in assignments(folder):
        usage(
            f"{folder} has no assignment `{assignment}`; it has: {', '.join(assignments(folder)) or 'none'}."
        )
    if to.exists() and not to.is_dir():
        usage(f"{to} is a file; --to names a folder.")
    with explained():
        try:
            from grader.course.release import release as write_release

            written = write_release(folder, assignment, to)
        except ImportError as error:
            usage(f"releasing needs {error.name}: pip install 'gradient-grader[course]'.")
    print("Hand out both files together: check(...) in the notebook reads the cases.")
    for path in written:
        print(f"  {path}")
    print(f"At grading, answers have Python's standard library and {_imports(folder, assignment)}.")


def _imports(folder: Path, assignment: str) -> str:
    from grader.course.folder import load_rubric

    return ", ".join(load_rubric(folder, assignment).imports)
