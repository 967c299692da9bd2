"""Release an assignment: the stub notebook, cut from the reference, and the students' bundle of cases."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from grader.course import narrative
from grader.course.bundle import write_bundle
from grader.course.folder import CourseError, load_reference, load_rubric
from grader.course.narrative import Edition

_NBFORMAT_MINOR = 5
"""Of nbformat 4: the first with ids of cells. A newer nbformat would write its own newest."""


def notebook(course: Path, name: str, edition: Edition = "released") -> str:
    """The text of an assignment's notebook: the same bytes for the same course, every time.

    Raises CourseError for what is wrong with the course, ImportError without nbformat and jupytext.
    """
    import nbformat
    from nbformat.v4 import new_notebook

    folder = course / "assignments" / name
    rubric = load_rubric(course, name)
    sources = {
        module.__name__: Path(str(module.__file__)).read_text(encoding="utf-8")
        for module in load_reference(course, rubric.reference)
    }
    try:
        text = (folder / "narrative.md").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CourseError(
            f"{folder / 'narrative.md'} is missing: an assignment's notebook is made from it"
        ) from error
    there = ", ".join(f"`{package}`" for package in rubric.imports)
    cells = narrative.cells(text.replace("{imports}", there), sources, edition)
    metadata = {
        "grader": {"assignment": name, "version": rubric.version},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    document = new_notebook(  # type: ignore[no-untyped-call]
        cells=[_cell(number, cell) for number, cell in enumerate(cells)],
        metadata=metadata,
        nbformat_minor=_NBFORMAT_MINOR,
    )
    nbformat.validate(document)  # `writes` does so too, and only logs what it finds
    return str(nbformat.writes(document)) + "\n"  # type: ignore[no-untyped-call]


def release(course: Path, name: str, to: Path) -> list[Path]:
    """Write the notebook into the course and, with the bundle, into ``to``; the paths written."""
    from grader.course.assignment import load_assignment

    text = notebook(course, name)
    path = course / "assignments" / name / f"{name}.ipynb"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
    assignment = load_assignment(course, name)
    to.mkdir(parents=True, exist_ok=True)
    handed = to / f"{name}.ipynb"
    if handed.resolve() != path.resolve():
        handed.write_text(text, encoding="utf-8", newline="\n")
    bundle = to / f"{name}.cases"
    bundle.write_bytes(write_bundle(assignment))
    return [handed, bundle]


def _cell(number: int, cell: narrative.NarrativeCell) -> Any:
    """A cell of the format's own. Its id follows from its place and its questions, so that it stays."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    marks: dict[str, Any] = {}
    if cell.role:
        marks["role"] = cell.role
    if cell.name:
        marks["name"] = cell.name
    if cell.questions:
        marks["questions"] = list(cell.questions)
    identity = hashlib.sha256(f"{number}/{cell.role}/{cell.name}/{cell.questions}".encode()).hexdigest()[:8]
    metadata: dict[str, Any] = {"grader": marks} if marks else {}
    if cell.role in ("locked", "given"):
        metadata |= {"deletable": False, "editable": False}
    new_cell = new_code_cell if cell.kind == "code" else new_markdown_cell
    return new_cell(cell.source, id=identity, metadata=metadata)  # type: ignore[no-untyped-call]
