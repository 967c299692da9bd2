"""Release an assignment: the stub notebook, cut from the reference, and the students' bundle of cases."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from grader.course import narrative
from grader.course.bundle import write_bundle
from grader.course.folder import CourseError, load_reference, load_rubric
from grader.course.narrative import Edition


def notebook(course: Path, name: str, edition: Edition = "released") -> str:
    """The text of an assignment's notebook: the same bytes for the same course, every time."""
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
    cells = narrative.cells(text, sources, edition)
    document = {
        "cells": [_json_cell(number, cell) for number, cell in enumerate(cells)],
        "metadata": {
            "grader": {"assignment": name, "version": rubric.version},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


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


def _json_cell(number: int, cell: narrative.NarrativeCell) -> dict[str, Any]:
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
    document: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": identity,
        "metadata": metadata,
        "source": cell.source.splitlines(keepends=True),
    }
    if cell.kind == "code":
        document |= {"execution_count": None, "outputs": []}
    return document
