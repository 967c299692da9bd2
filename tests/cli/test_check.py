"""``grader check``: what students and CI call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app
from grader.course import CourseAssignment, write_bundle
from grader.model import from_json

Run = Callable[..., Result]
CODE = (
    "import numpy as np\n"
    "def affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w + b, (x, w, b)\n"
    "def relu_forward(x):\n    return np.maximum(x, 0), x\n"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["check", *map(str, arguments)])

    return call


@pytest.fixture
def student(tmp_path: Path, assignment: CourseAssignment, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a student has it: a file, the bundle, and no course."""
    (tmp_path / "two_layer_net.cases").write_bytes(write_bundle(assignment))
    (tmp_path / "mine.py").write_text(CODE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_question_that_is_right_exits_0(run: Run, student: Path) -> None:
    result = run(student / "mine.py", "--question", "affine_forward")
    assert result.exit_code == 0, result.output
    assert "affine_forward" in result.output
    assert "hidden" in result.output


def test_what_is_not_right_exits_1_and_says_why(run: Run, student: Path) -> None:
    (student / "mine.py").write_text(CODE.replace("+ b", ""))
    result = run(student / "mine.py", "--question", "affine_forward")
    assert result.exit_code == 1
    assert "Expected" in result.output


def test_every_line_fits_80_columns(run: Run, student: Path) -> None:
    (student / "mine.py").write_text(CODE.replace("+ b", "+ undefined_name_of_some_length"))
    result = run(student / "mine.py")
    assert max(len(line) for line in result.output.splitlines()) <= 80


def test_fail_under_compares_with_what_is_judged(run: Run, student: Path) -> None:
    arguments = (student / "mine.py", "--question", "affine_forward", "--question", "relu_backward")
    assert run(*arguments).exit_code == 1
    assert run(*arguments, "--fail-under", 50).exit_code == 0
    assert run(*arguments, "--fail-under", 60).exit_code == 1


def test_json_html_and_junit_are_written(run: Run, student: Path) -> None:
    result = run(
        student / "mine.py",
        "--json",
        student / "o" / "r.json",
        "--html",
        student / "r.html",
        "--junit",
        student / "r.xml",
    )
    assert result.exit_code == 1
    report = from_json((student / "o" / "r.json").read_bytes())
    assert report.submission.id == "mine"
    assert "<!doctype html>" in (student / "r.html").read_text(encoding="utf-8").lower()
    names = {case.get("name") for case in ElementTree.parse(student / "r.xml").iter("testcase")}
    assert any("affine_forward" in str(name) for name in names)
    assert not list(student.rglob("*.partial"))


def test_a_summary_is_appended_for_github(run: Run, student: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = student / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    CliRunner().invoke(app, ["check", str(student / "mine.py"), "--question", "relu_forward"])
    assert summary.read_text().startswith("before\n")
    assert "relu_forward" in summary.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing.ipynb",), "there is no"),
        (("mine.py", "--question", "nope"), "no question `nope`"),
        (("mine.py", "--assignment", "nope"), "nope.cases was not found"),
        (("mine.py", "--seed", "1"), "hidden cases need the course"),
        (("mine.py", "--course", "."), "not a course"),
        (("mine.py", "--fail-under", "101"), "--fail-under"),
        ((), "Missing argument"),
    ],
)
def test_usage_errors_exit_2_and_say_what_to_do(
    run: Run, student: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize("content", ["", '{"cells": [', '{"nbformat": 3}', "[]"])
def test_what_cannot_be_graded_exits_3_with_a_report(run: Run, student: Path, content: str) -> None:
    path = student / "two_layer_net.ipynb"
    path.write_text(content)
    result = run(path, "--json", student / "r.json", "--html", student / "r.html")
    assert result.exit_code == 3, result.output
    assert json.loads((student / "r.json").read_text())["problem"]


def test_without_course_and_bundle_it_says_what_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(CODE)
    result = run("mine.py")
    assert result.exit_code == 2
    assert "download it from your course" in result.output


def test_in_a_course_hidden_cases_run_with_a_seed(run: Run, course: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(CODE)
    arguments: tuple[Any, ...] = (tmp_path / "mine.py", "--course", course, "--question", "affine_forward")
    arguments = (*arguments, "--assignment", "two_layer_net")
    result = run(*arguments, "--seed", 5, "--json", tmp_path / "r.json")
    assert result.exit_code == 0
    question = from_json((tmp_path / "r.json").read_bytes()).questions[0]
    assert (question.hidden.ran, question.hidden.passed) == (question.hidden.total, question.hidden.total)


def test_a_page_that_cannot_be_written_exits_3(run: Run, student: Path) -> None:
    (student / "file").write_text("")
    result = run(student / "mine.py", "--question", "relu_forward", "--html", student / "file" / "page.html")
    assert result.exit_code == 3
    assert "file" in result.output


def test_what_was_handed_in_is_not_written_over(run: Run, student: Path) -> None:
    before = (student / "mine.py").read_text()
    for option in ("--html", "--json", "--junit"):
        assert run(student / "mine.py", option, student / "mine.py").exit_code == 2
    assert (student / "mine.py").read_text() == before


def test_a_file_of_cases_is_named_pinned_and_told(run: Run, student: Path, tmp_path: Path) -> None:
    cases = student / "two_layer_net.cases"
    digest = hashlib.sha256(cases.read_bytes()).hexdigest()
    arguments = (student / "mine.py", "--question", "relu_forward")
    found = " ".join(run(*arguments).output.split())
    assert f"unverified: found there, not named by the caller; sha256 {digest}" in found.replace("- ", "-")
    pinned = run(*arguments, "--cases", cases, "--cases-sha256", digest)
    assert pinned.exit_code == 0
    assert "unverified" not in pinned.output
    other = run(*arguments, "--cases", cases, "--cases-sha256", "0" * 64)
    assert (other.exit_code, "other cases than are wanted" in other.output) == (2, True)
    assert run(*arguments, "--cases", cases, "--course", tmp_path).exit_code == 2
    assert run(*arguments, "--cases", student / "mine.py").exit_code == 2
    assert run(*arguments, "--cases", student / "gone.cases").exit_code == 2


def test_cases_of_the_environment_come_before_what_lies_there(
    run: Run, student: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = student / "true"
    true.mkdir()
    (student / "two_layer_net.cases").rename(true / "mine.cases")
    (student / "two_layer_net.cases").write_text("forged")
    assert run(student / "mine.py", "--question", "relu_forward").exit_code == 2
    monkeypatch.setenv("GRADER_CASES", str(true / "mine.cases"))
    found = run(student / "mine.py", "--question", "relu_forward")
    assert (found.exit_code, "mine.cases (named by the caller" in found.output) == (0, True)
