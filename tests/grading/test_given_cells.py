"""What a student added to a given cell is read as the student's; what the course wrote stays the course's."""

from __future__ import annotations

import pytest

from grader.grading.given_cells import read_additions
from grader.messages import say
from grader.model import Cell, Submission
from grader.source import parse_cell

SETUP = "import numpy as np\n\n\ndef compare(a, b):\n    return np.abs(a - b).max()\n"
OTHER = "limit = 3\n"


def added(source: str, role: str = "given") -> tuple[str, list[str]]:
    """The text that is read beside the given cell, and what is said."""
    cell = Cell("cell 2", "code", source, role=role, name="setup")  # type: ignore[arg-type]
    submission = Submission("ann", "0", cells=(cell,))
    read, notes = read_additions(submission, (SETUP, OTHER))
    assert read.cells[0] == cell
    return "".join(cell.source for cell in read.cells[1:]), [say(note) for note in notes]


@pytest.mark.parametrize(
    ("addition", "names"),
    [
        ("\n\ndef rows_of(x):\n    return x.reshape(len(x), -1)\n", "`rows_of`"),
        ("\nfrom math import sqrt as root; scale = 2\n", "`root`, `scale`"),
        ("\n@np.vectorize\ndef twice(x): return 2 * x\n", "`twice`"),
    ],
)
@pytest.mark.parametrize("role", ["given", "locked"])
def test_what_is_added_is_the_students(addition: str, names: str, role: str) -> None:
    text, notes = added(SETUP + addition, role)
    both = parse_cell(text).tree, parse_cell(SETUP + addition).tree
    assert both[0] is not None
    assert both[1] is not None
    assert [n.lineno for n in both[0].body] == [n.lineno for n in both[1].body[2:]]
    assert notes == [
        f"cell 2 is given by the course; {names} was added to it and is read as the student's own."
    ]


def test_a_cell_of_the_students_in_a_copy_of_a_given_one() -> None:
    assert added("def helper(x):\n    return x\n")[0] == "def helper(x):\n    return x"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (SETUP.replace(".max()", ".min()"), "compare"),
        (SETUP.replace("import numpy as np", "import cupy as np"), "np"),
        (SETUP + "limit = 10\n", "limit"),
    ],
)
def test_what_the_course_defines_stays_the_courses(source: str, name: str) -> None:
    text, notes = added(source)
    assert text == ""
    assert notes == [
        f"In cell 2, which is given by the course, `{name}` was changed: the course's own counts."
    ]


@pytest.mark.parametrize("source", [SETUP, "\n" + SETUP.replace("\n", "\r\n"), SETUP + "# a remark\n", OTHER])
def test_a_cell_as_it_was_released_needs_no_word(source: str) -> None:
    assert added(source) == ("", [])
