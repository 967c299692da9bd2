"""What real people's notebooks came to, each with what it must give: written small, after public reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.release import notebook
from grader.grading import grade
from grader.intake import read_submission
from grader.messages import headline, say
from grader.model import Report
from grader.sandbox import Limits, Sandbox

COURSE = Path(__file__).resolve().parents[2]
NAME = "two_layer_net"


@pytest.fixture(scope="module")
def assignment() -> CourseAssignment:
    return load_assignment(COURSE, NAME)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


@pytest.fixture(scope="module")
def filled() -> str:
    return notebook(COURSE, NAME, "filled")


class Document:
    """A notebook to edit."""

    def __init__(self, text: str) -> None:
        self.document: dict[str, Any] = json.loads(text)
        self.cells: list[dict[str, Any]] = self.document["cells"]

    def answer(self, question: str) -> dict[str, Any]:
        """The cell that answers a question."""
        marks = (cell["metadata"].get("grader", {}) for cell in self.cells)
        return next(c for c, m in zip(self.cells, marks, strict=True) if question in m.get("questions", ()))

    def given(self, name: str) -> dict[str, Any]:
        """A given cell by its name."""
        return next(c for c in self.cells if c["metadata"].get("grader", {}).get("name") == name)

    def edit(self, question: str, old: str, new: str) -> None:
        """Replace a part of an answer, which must be there."""
        cell = self.answer(question)
        source = "".join(cell["source"])
        assert old in source
        cell["source"] = source.replace(old, new)

    def insert(self, at: int, text: str) -> None:
        """Add a code cell."""
        self.cells.insert(
            at, {"cell_type": "code", "metadata": {}, "outputs": [], "source": text, "execution_count": None}
        )


@pytest.fixture
def judged(filled: str, assignment: CourseAssignment, sandbox: Sandbox, tmp_path: Path) -> Any:
    """``judged(edit, *questions)``: the report of the filled notebook after an edit."""

    def run(edit: Any, *only: str) -> Report:
        document = Document(filled)
        edit(document)
        path = tmp_path / "ann.ipynb"
        path.write_text(json.dumps(document.document), encoding="utf-8")
        return grade(read_submission(path, assignment.roots), assignment, sandbox, only=only)

    return run


def status(report: Report, name: str) -> tuple[str, str]:
    """The status of a question and its first sentence."""
    question = next(q for q in report.questions if q.name == name)
    return question.status, headline(question)


HELPER = "\n\ndef rows_of(x):\n    return x.reshape(x.shape[0], -1)\n"


def _helper_in_set_up(document: Document) -> None:
    cell = document.given("setup")
    cell["source"] = "".join(cell["source"]) + HELPER
    document.edit("affine_forward", "rows = x.reshape(x.shape[0], -1)", "rows = rows_of(x)")


def _helper_in_a_copy(document: Document) -> None:
    cell = json.loads(json.dumps(document.given("compare"))) | {"source": HELPER, "id": "copy0001"}
    document.cells.insert(document.cells.index(document.given("compare")) + 1, cell)
    document.edit("affine_forward", "rows = x.reshape(x.shape[0], -1)", "rows = rows_of(x)")


def _constant_in_set_up(document: Document) -> None:
    cell = document.given("setup")
    cell["source"] = "flat = -1\n" + "".join(cell["source"])
    document.edit("affine_forward", "rows = x.reshape(x.shape[0], -1)", "rows = x.reshape(x.shape[0], flat)")


@pytest.mark.parametrize("edit", [_helper_in_set_up, _helper_in_a_copy, _constant_in_set_up])
def test_a_helper_in_a_given_cell_is_read(edit: Any, judged: Any) -> None:
    report = judged(edit, "affine_forward")
    assert status(report, "affine_forward")[0] == "passed"
    assert any("is read as the student's own" in say(note) for note in report.notes)


def test_an_answer_in_a_given_cell_is_read(judged: Any) -> None:
    def edit(document: Document) -> None:
        cell, answer = document.given("sandwich"), document.answer("softmax_loss")
        cell["source"] = "".join(cell["source"]) + "\n\n" + "".join(answer["source"])
        document.cells.remove(answer)

    assert status(judged(edit, "softmax_loss"), "softmax_loss")[0] == "passed"


def test_what_the_course_gave_never_comes_from_the_student(judged: Any) -> None:
    def edit(document: Document) -> None:
        cell = document.given("compare")
        cell["source"] = "".join(cell["source"]).replace("def compare", "def compare_all") + (
            "\n\ndef affine_relu_forward(x, w, b):\n    return 0, 0\n"
        )

    report = judged(edit, "affine_forward")
    assert any("`affine_relu_forward` was changed: the course's own counts" in say(n) for n in report.notes)


@pytest.mark.parametrize(
    "head",
    [
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n",
        "import numpy as np\nimport seaborn as sns\nsns.set()\n",
        "import numpy as np\nimport asyncio\nawait asyncio.sleep(0)\n",
        "import numpy as np\nfrom jaxtyping import Float\nx: Float[np.ndarray, 'n'] = 3\n",
    ],
)
def test_a_cell_that_asks_for_more_than_there_is_costs_nothing(head: str, judged: Any) -> None:
    report = judged(lambda document: document.insert(3, head), "relu_forward", "softmax_loss")
    assert report.score == report.max_score


@pytest.mark.parametrize(
    "line",
    [
        "display(x.shape)",
        "get_ipython().run_line_magic('time', '')",
        "plt.plot(x.ravel())",
        "np.product(x.shape); np.float(1)",
        "np.seterr(all='raise')",
        "import warnings; warnings.simplefilter('error')",
    ],
)
def test_a_line_that_a_notebook_takes_costs_nothing(line: str, judged: Any) -> None:
    def edit(document: Document) -> None:
        document.edit("relu_forward", "    out = np.maximum", f"    {line}\n    out = np.maximum")

    report = judged(edit, "relu_forward", "softmax_loss", "svm_loss")
    assert report.score == report.max_score


def test_a_library_that_is_not_there_is_named_where_it_is_needed(judged: Any) -> None:
    def edit(document: Document) -> None:
        document.insert(3, "import numpy as np\nfrom scipy.special import expit as gate\n")
        document.edit("relu_forward", "    out = np.maximum", "    gate(x)\n    out = np.maximum")

    report = judged(edit, "relu_forward", "softmax_loss")
    kind, says = status(report, "relu_forward")
    assert kind == "error"
    assert says.endswith("`scipy` is not there at grading.")
    assert status(report, "softmax_loss")[0] == "passed"
    assert any(say(n).startswith("`scipy`, imported in cell 4, line 2, is not there") for n in report.notes)


@pytest.mark.parametrize("cell_type", ["markdown", "raw"])
@pytest.mark.parametrize("question", ["svm_loss", "predictions"])
def test_an_answer_that_became_text_is_named(question: str, cell_type: str, judged: Any) -> None:
    report = judged(lambda document: document.answer(question).update(cell_type=cell_type), question)
    kind, says = status(report, question)
    assert kind == "error"
    assert "is a text cell (Markdown" in says


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"B",  # db', "\u201cB\u201d,  # db", "curly quote"),
        ('"B",  # db', '"B"\u00a0,  # db', "non-breaking space"),
        ('"B",  # db', '"B" # db', "line 3"),
    ],
)
def test_a_literal_that_does_not_parse_says_so(old: str, new: str, says: str, judged: Any) -> None:
    report = judged(lambda document: document.edit("predictions", old, new), "predictions")
    kind, sentence = status(report, "predictions")
    assert kind == "error"
    assert says in sentence


def test_written_answers_without_any_marks_wait_for_a_person(judged: Any) -> None:
    def edit(document: Document) -> None:
        document.document["metadata"].pop("grader")
        for cell in document.cells:
            cell["metadata"] = {}

    report = judged(edit, "written_initialisation", "written_relu_on_scores", "written_curves")
    assert report.provisional
    assert {q.status for q in report.questions} == {"awaiting_review"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("margins[rows, y] = 0 if True   # no else needed?", "expected 'else' after 'if' expression"),
        ("x = np.zeros(3   # is this right?", "'(' was never closed"),
        ("if x is None   # can it be?\n        pass", "expected ':'"),
    ],
)
def test_a_question_mark_at_a_lines_end_is_no_help(
    line: str, says: str, sandbox: Sandbox, assignment: CourseAssignment, tmp_path: Path
) -> None:
    path = tmp_path / "ann.py"
    path.write_text(
        f"import numpy as np\n\n\ndef relu_forward(x):\n    return np.maximum(0, x), x\n\n\n"
        f"def svm_loss(x, y):\n    {line}\n    return 0, x\n"
    )
    report = grade(
        read_submission(path, assignment.roots), assignment, sandbox, only=("svm_loss", "relu_forward")
    )
    kind, sentence = status(report, "svm_loss")
    assert kind == "error"
    assert f"line 9: {says}" in sentence
    assert status(report, "relu_forward")[0] == "passed"


def _use_a_helper(document: Document) -> None:
    document.edit("affine_forward", "def affine_forward", f"{HELPER}\n\ndef affine_forward")
    document.edit("affine_forward", "rows = x.reshape(x.shape[0], -1)", "rows = rows_of(x)")


@pytest.mark.parametrize(
    "scratch",
    [
        "def rows_of(x):\n    return None\n",
        "rows_of = 3\n",
        "for rows_of in range(3):\n    pass\n",
        "a = 1; rows_of = a\n",
    ],
)
def test_a_scratch_cell_below_the_checks_takes_nothing_away(scratch: str, judged: Any) -> None:
    def edit(document: Document) -> None:
        _use_a_helper(document)
        document.insert(len(document.cells), scratch)

    report = judged(edit, "affine_forward")
    assert status(report, "affine_forward")[0] == "passed"
    assert any(say(note).startswith("`rows_of` is defined in cell 25 and in cell ") for note in report.notes)


@pytest.mark.parametrize("scratch", ["max = 3\n", "len = sum = None\n", "affine_forward = None\n"])
def test_a_name_that_is_taken_at_the_end_costs_nothing(scratch: str, judged: Any) -> None:
    def edit(document: Document) -> None:
        document.edit("affine_forward", "x.shape[0], -1)", "max(len(x), sum([0])), -1)")
        document.insert(len(document.cells), scratch)

    assert status(judged(edit, "affine_forward"), "affine_forward")[0] == "passed"


def test_what_breaks_an_answer_before_its_check_counts(judged: Any) -> None:
    def edit(document: Document) -> None:
        _use_a_helper(document)
        at = document.cells.index(document.answer("affine_forward"))
        document.insert(at + 1, "def rows_of(x):\n    return None\n")

    assert status(judged(edit, "affine_forward"), "affine_forward")[0] == "error"


def test_a_later_answer_with_its_own_check_counts(judged: Any) -> None:
    def edit(document: Document) -> None:
        right = "".join(document.answer("relu_forward")["source"])
        document.edit("relu_forward", "np.maximum(0, x)", "np.minimum(0, x)")
        document.insert(len(document.cells), right)
        document.insert(len(document.cells), 'check("relu_forward")')

    assert status(judged(edit, "relu_forward"), "relu_forward")[0] == "passed"


def test_a_helper_that_is_defined_further_down_is_found(judged: Any) -> None:
    def edit(document: Document) -> None:
        document.edit("affine_forward", "rows = x.reshape(x.shape[0], -1)", "rows = rows_of(x)")
        document.insert(len(document.cells), HELPER)

    assert status(judged(edit, "affine_forward"), "affine_forward")[0] == "passed"
