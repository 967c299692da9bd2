"""The first assignment: its notebook is generated, its bundle holds no answer, its cases are well made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import (
    CourseAssignment,
    CourseError,
    PublicAssignment,
    Rubric,
    load_assignment,
    read_bundle,
    write_bundle,
)
from grader.course.folder import course_seed, find_course
from grader.course.narrative import NarrativeCell
from grader.course.release import notebook, release
from grader.model import Case


def test_regenerating_the_notebook_changes_nothing(course: Path, released: str) -> None:
    path = course / "assignments" / "two_layer_net" / "two_layer_net.ipynb"
    assert path.read_text(encoding="utf-8") == released


def test_the_released_notebook_is_valid_and_stamped(released: str, assignment: CourseAssignment) -> None:
    import nbformat

    notebook = nbformat.reads(released, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    assert notebook.metadata.grader == {"assignment": "two_layer_net", "version": assignment.version}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_writing_notebooks_needs_nbformat_and_nothing_else_does() -> None:
    code = (
        "import sys, grader.cli, grader.course.release, grader.grading; "
        "print([m for m in sys.modules if m.startswith(('nbformat', 'jupytext'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_invalid_notebook_is_not_written(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat

    def invalid(number: int, cell: NarrativeCell) -> dict[str, str]:
        return {"cell_type": "code", "id": str(number), "source": cell.source}

    monkeypatch.setattr("grader.course.release._cell", invalid)
    with pytest.raises(nbformat.ValidationError):
        notebook(course, "two_layer_net")


def test_no_answer_is_released(released: str, filled: str) -> None:
    for answer in ("dout @ w.T", "rows.T @ dout", "0.5 * self.reg", '"doubled_batch": "', "model answer"):
        assert answer not in released
    assert "dout @ w.T" in filled


def test_every_question_has_a_cell_and_every_cell_a_question(
    released: str, assignment: CourseAssignment
) -> None:
    cells = json.loads(released)["cells"]
    marked = {q for c in cells for q in c["metadata"].get("grader", {}).get("questions", [])}
    assert marked == {question.name for question in assignment.questions}


def test_points_are_a_hundred_about_half_of_them_code(assignment: CourseAssignment) -> None:
    points = {
        kind: sum(q.max_score for q in assignment.questions if q.kind == kind)
        for kind in ("code", "experiment")
    }
    assert sum(q.max_score for q in assignment.questions) == 100
    assert 45 <= points["code"] <= 60
    assert 20 <= points["experiment"] <= 30


def cases_of(assignment: CourseAssignment) -> list[Case]:
    assert assignment.record_hidden is not None
    return [*assignment.public, *assignment.record_hidden(4)]


def test_every_part_of_every_code_question_is_judged(assignment: CourseAssignment) -> None:
    for question in assignment.questions:
        if question.kind == "code":
            own = [case for case in assignment.public if case.question == question.name]
            parts = {part for case in own for check in case.checks for part in check.outputs}
            assert set(question.points) <= parts, question.name
            assert assignment.hidden_counts[question.name] > 0


def test_hidden_cases_differ_by_seed_and_are_the_same_for_one(assignment: CourseAssignment) -> None:
    assert assignment.record_hidden is not None
    one, again, other = (assignment.record_hidden(seed) for seed in (1, 1, 2))
    same = [np.array_equal(a.inputs[0], b.inputs[0]) for a, b in zip(one, again, strict=True) if a.inputs]
    differ = [
        not np.array_equal(a.inputs[0], b.inputs[0]) for a, b in zip(one, other, strict=True) if a.inputs
    ]
    assert all(same)
    assert np.mean(differ) > 0.9
    assert all(case.hidden for case in one)


def test_ladders_climb(assignment: CourseAssignment) -> None:
    for name in ("affine_forward", "softmax_loss", "TwoLayerNet.loss"):
        rungs = [case for case in assignment.public if case.question == name and case.rung < 100]
        sizes = [sum(array.size for array in case.inputs) for case in rungs]
        assert sizes == sorted(sizes)
        assert all(float(value).is_integer() for array in rungs[0].inputs for value in np.ravel(array))


def test_the_key_is_finite(assignment: CourseAssignment) -> None:
    def finite(value: Any) -> bool:
        if isinstance(value, dict):
            return all(finite(item) for item in value.values())
        return bool(np.all(np.isfinite(value)))

    for case in cases_of(assignment):
        assert all(finite(value) for value in case.key), case.question


def test_a_bundle_holds_public_cases_and_no_answer(assignment: CourseAssignment, tmp_path: Path) -> None:
    path = tmp_path / "two_layer_net.cases"
    path.write_bytes(write_bundle(assignment))
    bundle = read_bundle(path)
    assert path.stat().st_size < 200_000
    assert len(bundle.public) == len(assignment.public)
    assert not any(case.hidden for case in bundle.public)
    assert type(bundle) is PublicAssignment
    assert "predictions" not in bundle.digests
    assert bundle.hidden_counts == assignment.hidden_counts
    assert bundle.roots == assignment.roots


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b"x" + b, lambda b: b"", lambda b: b[:60] + b"\0" + b[61:]]
)
def test_a_damaged_bundle_says_so(assignment: CourseAssignment, tmp_path: Path, damage: Any) -> None:
    path = tmp_path / "a.cases"
    path.write_bytes(damage(write_bundle(assignment)))
    with pytest.raises(CourseError, match="download it again"):
        read_bundle(path)


def test_release_writes_notebook_and_bundle(course: Path, tmp_path: Path) -> None:
    written = release(course, "two_layer_net", tmp_path / "hand out")
    assert [path.name for path in written] == ["two_layer_net.ipynb", "two_layer_net.cases"]
    assert all(path.stat().st_size for path in written)


def test_an_unknown_assignment_or_question_names_those_there_are(
    course: Path, assignment: CourseAssignment
) -> None:
    with pytest.raises(CourseError, match="two_layer_net"):
        load_assignment(course, "three_layer_net")
    with pytest.raises(CourseError, match="affine_forward"):
        assignment.question("affine")


def test_a_question_cannot_be_asked_twice() -> None:
    rubric = Rubric(title="", version="1", reference=())
    rubric.question("f", "", points={"out": 1})
    with pytest.raises(ValueError, match="two questions"):
        rubric.question("f", "", points={"out": 1})


def test_a_course_keeps_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_SECRET", raising=False)
    first = course_seed(tmp_path)
    assert course_seed(tmp_path) == first
    monkeypatch.setenv("GRADER_SECRET", "another")
    assert course_seed(tmp_path) != first


def test_the_nearest_course_is_found(course: Path, tmp_path: Path) -> None:
    assert find_course(course / "assignments" / "two_layer_net") == course
    assert find_course(tmp_path) is None
