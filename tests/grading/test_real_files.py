"""What real people's files came to: which text is judged, whatever it is called, and what is said."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.release import notebook
from grader.grading import grade
from grader.intake import find_submissions, read_submission, submission_ids
from grader.messages import say
from grader.model import Report
from grader.model.reasons import AnotherAssignment, EarlierUploads, LeftOut, OtherNotebooks
from grader.sandbox import Limits, Sandbox
from tests.intake.archives import put, zipped

COURSE = Path(__file__).resolve().parents[2]
NAME = "two_layer_net"
FEW = ("relu_forward", "affine_forward", "shape_drill", "written_relu_on_scores")


@pytest.fixture(scope="module")
def assignment() -> CourseAssignment:
    return load_assignment(COURSE, NAME)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(load=5.0, case=5.0)) as one:
        yield one


@pytest.fixture(scope="module")
def filled() -> bytes:
    return notebook(COURSE, NAME, "filled").encode()


@pytest.fixture(scope="module")
def released() -> bytes:
    return (COURSE / "assignments" / NAME / f"{NAME}.ipynb").read_bytes()


@pytest.fixture
def judged(assignment: CourseAssignment, sandbox: Sandbox) -> Any:
    """``judged(path)``: the report on a few questions of what lies there."""

    def run(path: Path) -> Report:
        return grade(read_submission(path, assignment.asked), assignment, sandbox, only=FEW)

    return run


RIGHT = ["passed", "passed", "passed", "awaiting_review"]


def in_order(report: Report) -> list[str]:
    by_name = {question.name: question.status for question in report.questions}
    return [by_name[name] for name in FEW]


# ------------------------------------------------------------------------------- 01: which notebook


@pytest.mark.parametrize(
    ("right", "stub"),
    [
        ("two_layer_net_final.ipynb", "two_layer_net.ipynb"),  # the input that was seen
        ("two_layer_net.ipynb", "two_layer_net-Copy1.ipynb"),
        ("two_layer_net (1).ipynb", "two_layer_net.ipynb"),
        ("A.ipynb", "z.ipynb"),
        ("z.ipynb", "A.ipynb"),
        ("hw/mine.ipynb", "starter.ipynb"),
        (".ipynb_checkpoints/two_layer_net-checkpoint.ipynb", "two_layer_net.ipynb"),
    ],
)
def test_the_notebook_with_the_answers_is_graded(
    right: str, stub: str, filled: bytes, released: bytes, judged: Any, tmp_path: Path
) -> None:
    put(tmp_path / "ann" / right, filled)
    put(tmp_path / "ann" / stub, released)

    report = judged(tmp_path / "ann")

    assert in_order(report) == RIGHT
    (note,) = [note for note in report.notes if isinstance(note, OtherNotebooks)]
    assert (note.graded, note.others, note.most_beside) == (right, stub, 0)
    assert f"holds {note.answers} parts of answers" in say(note)


def test_a_checkpoint_counts_for_nothing_beside_a_notebook_with_answers(
    filled: bytes, assignment: CourseAssignment, tmp_path: Path
) -> None:
    wrong = json.loads(filled)
    for cell in wrong["cells"]:
        if "relu_forward" in cell["metadata"].get("grader", {}).get("questions", ()):
            cell["source"] = "def relu_forward(x):\n    return -x, x\n"
    put(tmp_path / "ann" / "hw.ipynb", json.dumps(wrong).encode())
    put(tmp_path / "ann" / ".ipynb_checkpoints" / "hw-checkpoint.ipynb", filled)

    submission = read_submission(tmp_path / "ann", assignment.asked)

    assert any("return -x, x" in cell.source for cell in submission.cells)


def test_a_notebook_of_an_older_release_with_answers_beats_a_fresh_one(
    filled: bytes, released: bytes, judged: Any, tmp_path: Path
) -> None:
    old = json.loads(filled)
    old["metadata"]["grader"]["version"] = "0.1"
    put(tmp_path / "ann" / "old.ipynb", json.dumps(old).encode())
    put(tmp_path / "ann" / "new.ipynb", released)

    assert in_order(judged(tmp_path / "ann")) == RIGHT


def test_of_two_that_answer_as_much_it_is_said_that_they_differ(
    filled: bytes, judged: Any, tmp_path: Path
) -> None:
    other = filled.replace(b"np.maximum(0, x)", b"np.maximum(x, 0)")
    put(tmp_path / "ann" / "hw.ipynb", filled)
    put(tmp_path / "ann" / "hw-Copy1.ipynb", other)
    put(tmp_path / "bob" / "a.ipynb", filled)
    put(tmp_path / "bob" / "b.ipynb", filled)

    ann, bob = judged(tmp_path / "ann"), judged(tmp_path / "bob")

    assert any("hw.ipynb was graded" in say(n) and "they differ: hand in one" in say(n) for n in ann.notes)
    assert any("They hold the same cells" in say(note) for note in bob.notes)


# ------------------------------------------------------------------------------- 02: what is not read


@pytest.mark.parametrize(
    "name", ["bob.ipynb.txt", "carol.ipynb.json", "dave.IPYNB", "eva.json", "fay.txt", "gil"]
)
def test_a_notebook_is_read_whatever_its_ending(
    name: str, filled: bytes, judged: Any, tmp_path: Path
) -> None:
    put(tmp_path / name, filled)

    (path,) = find_submissions(tmp_path)

    assert in_order(judged(path)) == RIGHT


@pytest.mark.parametrize("name", ["finn.pdf", "gus.docx", "hal.jpg", "ida.ipynb.zip.part"])
def test_what_cannot_be_read_is_a_row_with_its_reason(name: str, judged: Any, tmp_path: Path) -> None:
    put(tmp_path / name, b"%PDF-1.4 x")

    (path,) = find_submissions(tmp_path)

    assert judged(path).problem == LeftOut(name, "other kind")


def test_a_link_is_a_row_that_is_refused_by_name(filled: bytes, judged: Any, tmp_path: Path) -> None:
    put(tmp_path / "away" / "hw.ipynb", filled)
    put(tmp_path / "class" / "ann.ipynb", filled)
    (tmp_path / "class" / "eve.ipynb").symlink_to(tmp_path / "away" / "hw.ipynb")

    ann, eve = find_submissions(tmp_path / "class")

    assert judged(ann).problem is None
    assert judged(eve).problem == LeftOut("eve.ipynb", "link")


def test_each_file_that_is_not_read_is_named_on_the_page(filled: bytes, judged: Any, tmp_path: Path) -> None:
    folder = tmp_path / "ann"
    put(folder / "hw.ipynb", filled)
    for name in ("report.pdf", "data/images.npz", "photo.HEIC", "notes.txt"):
        put(folder / name, b"x")
    put(folder / ".DS_Store", b"x")
    put(folder / "__pycache__" / "x.pyc", b"x")
    put(folder / ".git" / "config", b"x")

    notes = [note for note in judged(folder).notes if isinstance(note, LeftOut)]

    assert {note.name for note in notes} == {"report.pdf", "data/images.npz", "photo.HEIC", "notes.txt"}
    assert {note.reason for note in notes} == {"other kind"}


# ------------------------------------------------------------------------------- 12: pictures are no source


def _cell(document: dict[str, Any], question: str) -> dict[str, Any]:
    marks = (cell["metadata"].get("grader", {}) for cell in document["cells"])
    return next(
        c for c, m in zip(document["cells"], marks, strict=True) if question in m.get("questions", ())
    )


def _photo(size: int) -> str:
    return base64.b64encode(bytes(range(256)) * (size // 256)).decode()


def _attached(document: dict[str, Any]) -> None:
    cell = _cell(document, "written_relu_on_scores")
    cell["attachments"] = {"p.jpg": {"image/jpeg": _photo(4_500_000)}}
    cell["source"] = ["![p](attachment:p.jpg)"]


def _attached_and_not_shown(document: dict[str, Any]) -> None:
    cell = _cell(document, "written_relu_on_scores")
    cell["attachments"] = {"p.jpg": {"image/jpeg": _photo(5_500_000)}}
    cell["source"] = ""


def _inline(document: dict[str, Any]) -> None:
    _cell(document, "written_relu_on_scores")["source"] = [f"![p](data:image/png;base64,{_photo(5_500_000)})"]


def _plots(document: dict[str, Any]) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": _photo(3_000_000)}}
    for question in ("relu_forward", "svm_loss"):
        _cell(document, question)["outputs"] = [output]


@pytest.mark.parametrize("edit", [_attached, _attached_and_not_shown, _inline, _plots])
@pytest.mark.parametrize("packed", [False, True])
def test_pictures_and_outputs_are_no_source(
    edit: Any, packed: bool, filled: bytes, judged: Any, tmp_path: Path
) -> None:
    document = json.loads(filled)
    edit(document)
    data = json.dumps(document).encode()
    path = (
        put(tmp_path / "a.zip", zipped({"hw/a.ipynb": data})) if packed else put(tmp_path / "a.ipynb", data)
    )

    report = judged(path)

    assert report.problem is None
    assert in_order(report) == RIGHT
    assert len(repr(report)) < 2_000_000


def test_a_notebook_of_text_past_all_bounds_is_told_so(filled: bytes, judged: Any, tmp_path: Path) -> None:
    document = json.loads(filled)
    _cell(document, "written_relu_on_scores")["source"] = "x " * (3 << 20)
    path = put(tmp_path / "a.ipynb", json.dumps(document).encode())

    problem = judged(path).problem

    assert problem is not None
    assert "cells hold 6." in say(problem)


# ------------------------------------------------------------------------------- 19: another assignment


@pytest.fixture(scope="module", params=["released", "filled"])
def of_deep_nets(request: pytest.FixtureRequest) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(notebook(COURSE, "deep_nets", request.param))
    return document


@pytest.mark.parametrize("stamped", [True, False])
def test_another_assignment_is_named_and_not_graded(
    stamped: bool, of_deep_nets: dict[str, Any], judged: Any, tmp_path: Path
) -> None:
    document = json.loads(json.dumps(of_deep_nets))
    if not stamped:
        document["metadata"].pop("grader")
        for cell in document["cells"]:
            cell["metadata"] = {}
    path = put(tmp_path / "ann.ipynb", json.dumps(document).encode())

    report = judged(path)

    assert report.problem == AnotherAssignment(NAME, "deep_nets", stamped)
    assert "`deep_nets`" in say(report.problem)


def test_another_courses_notebook_is_told_so(judged: Any, tmp_path: Path) -> None:
    document = {
        "nbformat": 4,
        "metadata": {"grader": {"assignment": "hw7", "version": "2"}},
        "cells": [{"cell_type": "code", "source": "def loss(x):\n    return 1 * x\n", "metadata": {}}],
    }
    path = put(tmp_path / "ann.ipynb", json.dumps(document).encode())

    assert judged(path).problem == AnotherAssignment(NAME, "hw7", True)


def test_answers_in_another_assignments_notebook_are_graded(
    filled: bytes, of_deep_nets: dict[str, Any], judged: Any, tmp_path: Path
) -> None:
    document = json.loads(filled)
    document["metadata"]["grader"] = {"assignment": "deep_nets", "version": "1.0"}
    path = put(tmp_path / "ann.ipynb", json.dumps(document).encode())

    assert in_order(judged(path)) == RIGHT


def test_one_function_without_a_stamp_is_an_answer(judged: Any, tmp_path: Path) -> None:
    source = b"import numpy as np\ndef relu_forward(x):\n    return np.maximum(0, x), x\n"
    path = put(tmp_path / "ann.py", source)

    assert in_order(judged(path))[0] == "passed"


# ------------------------------------------------------------------------------- 21: whose it is


def test_a_platforms_name_tells_whose_it_is_and_the_latest_counts(
    filled: bytes, released: bytes, judged: Any, tmp_path: Path
) -> None:
    names = [
        "example_ann_12345_67890_two_layer_net.ipynb",
        "example_ann_12345_67890_two_layer_net-1.ipynb",
        "example_ann_LATE_12345_67891_two_layer_net-2.ipynb",
    ]
    for name, data in zip(
        names, (released, filled.replace(b"np.maximum", b"np.minimum"), filled), strict=True
    ):
        put(tmp_path / name, data)
    put(tmp_path / "example_ann_54321_67890_two_layer_net.ipynb", released)  # a namesake

    paths = find_submissions(tmp_path)
    report = judged(paths[0])

    assert submission_ids(paths) == ["example_ann_12345", "example_ann_54321"]
    assert in_order(report) == RIGHT
    (note,) = [note for note in report.notes if isinstance(note, EarlierUploads)]
    assert (note.counted, note.earlier, note.later) == (names[2], ", ".join(names[:2]), "")
    assert any("handed in late" in say(note) for note in report.notes)


def test_an_empty_notebook_that_came_last_takes_nothing_away(
    filled: bytes, released: bytes, judged: Any, tmp_path: Path
) -> None:
    put(tmp_path / "example_ann_12345_67890_hw.ipynb", filled)
    put(tmp_path / "example_ann_12345_67895_hw-1.ipynb", released)

    (path,) = find_submissions(tmp_path)
    report = judged(path)

    assert in_order(report) == RIGHT
    assert any("what was handed in later holds no answer" in say(note) for note in report.notes)


def test_folders_and_archives_of_platforms_are_one_students_too(
    filled: bytes, released: bytes, judged: Any, tmp_path: Path
) -> None:
    files = {
        "Kim Lee_99_assignsubmission_file_/hw.ipynb": filled,
        "Kim Lee_99_assignsubmission_onlinetext_/onlinetext.html": b"<p>see my notebook",
        "HW 1_bob02_attempt_2026-04-01-10-11-12_hw.ipynb": released,
        "HW 1_bob02_attempt_2026-04-02-10-11-12_hw.ipynb": filled,
        "HW 1_bob02_attempt_2026-04-02-10-11-12.txt": b"receipt",
    }
    for name, data in files.items():
        put(tmp_path / "class" / name, data)
    packed = put(tmp_path / "class.zip", zipped(files))
    tarred = Path(shutil.make_archive(str(tmp_path / "tarred"), "gztar", tmp_path / "class"))

    for place in (tmp_path / "class", packed, tarred):
        paths = find_submissions(place)
        assert submission_ids(paths) == ["Kim Lee_99", "bob02"]
        assert [in_order(judged(path)) for path in paths] == [RIGHT, RIGHT]


# ------------------------------------------------------------------------------- 13: environments


@pytest.mark.parametrize(
    "folder",
    [
        "hw/env/lib/python3.11/site-packages/p",
        "hw/my env/Lib/site-packages/p",
        "hw/node_modules/p",
        "hw/.venv/lib/python3.12/site-packages/p",
        "hw/conda/lib/python3.10",
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_an_environment_is_left_out(
    folder: str, packed: bool, filled: bytes, judged: Any, tmp_path: Path
) -> None:
    files = {f"{folder}/m{n}.py": b"x = 1\n" * 40 for n in range(300)}
    files["hw/two_layer_net.ipynb"] = filled
    if packed:
        path = put(tmp_path / "ann.zip", zipped(files))
    else:
        path = tmp_path / "ann"
        for name, data in files.items():
            put(path / name, data)

    assert in_order(judged(path)) == RIGHT
