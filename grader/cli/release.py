"""``grader release``: the stub notebook and the public cases, ready to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.common import course_folder, exit_on_errors, require_assignment, require_folder, usage


def release(
    assignment: Annotated[str, typer.Argument(help="The assignment to release.")],
    to: Annotated[Path, typer.Option(help="The folder to hand out.")],
    course: Annotated[Path | None, typer.Option(help="The course's folder, if it is not a parent.")] = None,
) -> None:
    """Write an assignment's stub notebook and its bundle of public cases."""
    folder = course_folder(course)
    require_assignment(folder, assignment)
    require_folder(to, "--to")
    with exit_on_errors():
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
    from grader.course import load_rubric

    return ", ".join(load_rubric(folder, assignment).imports)
