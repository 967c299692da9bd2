"""``grader grade``, ``release`` and ``doctor``."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app
from grader.model import from_json

RIGHT = "import numpy as np\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "submissions"
    (folder / "cem").mkdir(parents=True)
    (folder / "ann.py").write_text(RIGHT)
    (folder / "bob.ipynb").write_text("{")
    (folder / "cem" / "layers.py").write_text(RIGHT.replace("maximum(x, 0)", "abs(x)"))
    return folder


def grade(handed_in: Path, out: Path, course: Path, *more: object) -> Result:
    arguments = ("grade", handed_in, "--assignment", "two_layer_net", "--out", out, "--course", course)
    return run(*arguments, "--workers", 1, "--seed", 7, *more)


def test_every_submission_gets_a_page_a_report_and_a_row(
    handed_in: Path, course: Path, tmp_path: Path
) -> None:
    out = tmp_path / "grades"
    result = grade(handed_in, out, course)
    assert result.exit_code == 0, result.output
    assert str(out / "index.html") in result.output
    rows = {row["id"]: row for row in csv.DictReader((out / "grades.csv").read_text().splitlines())}
    assert set(rows) == {"ann", "bob", "cem"}
    assert (float(rows["ann"]["score"]), rows["cem"]["relu_forward.status"]) == (2.0, "failed")
    for identity in rows:
        report = from_json((out / "students" / identity / "report.json").read_bytes())
        assert report.submission.id == identity
        assert (out / "students" / identity / "feedback.html").stat().st_size > 1000
        assert f'href="students/{identity}/feedback.html"' in (out / "index.html").read_text()


def test_the_hidden_seed_is_in_the_instructors_file_only(
    handed_in: Path, course: Path, tmp_path: Path
) -> None:
    out = tmp_path / "grades"
    grade(handed_in, out, course, "--seed", 918273645)
    assert json.loads((out / "run.json").read_text())["hidden_seed"] == 918273645
    for path in out.rglob("*"):
        if path.is_file() and path.name != "run.json":
            assert "918273645" not in path.read_text(), path


def test_the_zip_of_an_lms_is_a_class(handed_in: Path, course: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "class"), "zip", handed_in)
    before = sorted(tmp_path.rglob("*"))
    out = tmp_path / "grades"
    result = grade(Path(archive), out, course)
    assert result.exit_code == 0, result.output
    rows = {row["id"]: row["score"] for row in csv.DictReader((out / "grades.csv").read_text().splitlines())}
    assert rows == {"ann": "2", "bob": "", "cem": "0"}
    assert [path for path in sorted(tmp_path.rglob("*")) if out not in (path, *path.parents)] == before


@pytest.mark.slow
def test_names_that_collide_keep_apart(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "ann.py").write_text(RIGHT)
    (folder / "ann.ipynb").write_text("{}")
    (folder / "index.html").mkdir()
    (folder / "index.html" / "a.py").write_text(RIGHT)
    out = tmp_path / "grades"
    assert grade(folder, out, course).exit_code == 0
    rows = list(csv.DictReader((out / "grades.csv").read_text().splitlines()))
    assert len({row["id"] for row in rows}) == 3
    assert (out / "index.html").is_file()


@pytest.mark.slow
def test_the_output_folder_is_no_submission(handed_in: Path, course: Path) -> None:
    out = handed_in / "grades"
    assert grade(handed_in, out, course).exit_code == 0
    assert grade(handed_in, out, course).exit_code == 0
    assert not (out / "grades").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere", "--assignment", "two_layer_net", "--out", "o"), "there is no nowhere"),
        ((".", "--assignment", "nope", "--out", "o"), "two_layer_net"),
        (("empty", "--assignment", "two_layer_net", "--out", "o"), "holds no submissions"),
        ((".", "--assignment", "two_layer_net", "--out", "file"), "is a file"),
        ((".", "--assignment", "two_layer_net"), "--out"),
    ],
)
def test_usage_errors_exit_2(
    arguments: tuple[str, ...], words: str, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "a.py").write_text("")
    result = run("grade", *arguments, "--course", course)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())


def test_no_course_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("grade", ".", "--assignment", "two_layer_net", "--out", "o")
    assert (result.exit_code, "no course was found" in result.output) == (2, True)


def test_an_interrupt_leaves_what_is_finished(course: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "submissions", tmp_path / "grades"
    folder.mkdir()
    (folder / "a_quick.py").write_text(RIGHT)
    for number in range(8):
        (folder / f"b_slow_{number:02}.py").write_text("def relu_forward(x):\n    while True: pass\n")
    # A CI that runs in the background hands down an ignored SIGINT; a terminal does not.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    command = [sys.executable, "-c", start + "from grader.cli import main; main()", "grade", str(folder)]
    command += ["--assignment", "two_layer_net", "--out", str(out), "--course", str(course), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    first = process.stderr.readline()  # "Graded 1 of 9": one is finished, the next is running
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert "Graded" in first
    assert process.returncode == 130
    assert "Interrupted" in output, errors
    assert (out / "students" / "a_quick" / "report.json").is_file()
    assert (out / "index.html").is_file()
    assert "Traceback" not in errors


def test_release_writes_what_is_handed_out(course: Path, tmp_path: Path) -> None:
    result = run("release", "two_layer_net", "--to", tmp_path / "out", "--course", course)
    assert result.exit_code == 0, result.output
    assert sorted(os.listdir(tmp_path / "out")) == ["two_layer_net.cases", "two_layer_net.ipynb"]
    assert run("release", "nope", "--to", tmp_path, "--course", course).exit_code == 2


def test_doctor_says_what_is_here(course: Path) -> None:
    result = run("doctor", "--course", course)
    assert result.exit_code == 0, result.output
    assert "level `sealed`" in result.output
    assert "NOT DENIED" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80 + len(str(course))
    assert "two_layer_net 1.0" in result.output


def test_the_version_is_told() -> None:
    result = run("--version")
    assert (result.exit_code, result.output.startswith("gradient-grader ")) == (0, True)
