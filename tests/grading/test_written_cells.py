"""Written answers are found by text and place without their marks; what the course wrote is no answer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.narrative import PLACEHOLDER
from grader.grading.written_cells import is_written, mark_written
from grader.intake.notebook import read_notebook
from grader.model import Cell, Submission

COURSE = Path(__file__).resolve().parents[2]
NAME = "two_layer_net"


@pytest.fixture(scope="module")
def assignment() -> CourseAssignment:
    return load_assignment(COURSE, NAME)


@pytest.fixture(scope="module")
def released() -> list[Cell]:
    """The untouched notebook, without any marks."""
    data = (COURSE / "assignments" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    document = json.loads(data)
    document["metadata"].pop("grader")
    for cell in document["cells"]:
        cell["metadata"] = {}
    return list(read_notebook(json.dumps(document).encode()).cells)


def answered(cells: list[Cell], assignment: CourseAssignment) -> set[str]:
    marked = mark_written(Submission("ann", "0", cells=tuple(cells)), assignment)
    return {
        name
        for cell in marked.cells
        for name in cell.questions
        if is_written(cell.source, assignment.stubs[name])
    }


def place(cells: list[Cell], words: str) -> int:
    return next(number for number, cell in enumerate(cells) if words in cell.source)


def text(source: str, kind: str = "markdown") -> Cell:
    return Cell("cell 99", kind, source)  # type: ignore[arg-type]


def test_an_untouched_notebook_has_no_answer(released: list[Cell], assignment: CourseAssignment) -> None:
    assert answered(released, assignment) == set()


@pytest.mark.parametrize(
    "answer",
    [
        text("Because of symmetry."),
        text("![photo](attachment:page1.jpg)"),
        text("# All weights stay equal.\n# So nothing is learnt.", "code"),
        replace(
            text("Since all of them stay equal, it's one unit", "code"), problem="line 1: it does not parse"
        ),
    ],
)
def test_an_answer_in_the_cell_below(
    answer: Cell, released: list[Cell], assignment: CourseAssignment
) -> None:
    at = place(released, "why not start with zeros")
    assert answered([*released[: at + 1], answer, *released[at + 1 :]], assignment) == {
        "written_initialisation"
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PLACEHOLDER, "They stay equal."),
        (PLACEHOLDER, f"{PLACEHOLDER}\n\nThey stay equal."),
        ("**Question 1 (5 points): why not start with zeros?** ", "My answer: they stay equal.\n\nQ1. "),
    ],
)
def test_an_answer_in_the_questions_own_cell(
    old: str, new: str, released: list[Cell], assignment: CourseAssignment
) -> None:
    at = place(released, "why not start with zeros")
    cell = replace(released[at], source=released[at].source.replace(old, new))
    assert answered([*released[:at], cell, *released[at + 1 :]], assignment) == {"written_initialisation"}


def test_code_below_a_question_is_no_answer(released: list[Cell], assignment: CourseAssignment) -> None:
    at = place(released, "why not start with zeros")
    cells = [*released[: at + 1], text("x = 1", "code"), *released[at + 1 :]]
    assert answered(cells, assignment) == set()
