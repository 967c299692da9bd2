"""Folders that the grader wrote are known by what is in them; what is left out of a class is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.intake import OUTPUT_MARK, find_submissions, is_output, read_submission, skipped_entries
from grader.model.reasons import LeftOut
from tests.intake.archives import CODE, put

RUN = json.dumps({"hidden_seed": 1, "grader": "1.0", "assignment": "a"}).encode()


def output(folder: Path, *, mark: bool) -> Path:
    """A folder as a run leaves it: with a mark, or as older versions left it."""
    put(folder / "ann" / "report.json", b"{}")
    put(folder / "grades.csv", b"")
    put(folder / (OUTPUT_MARK if mark else "run.json"), b"" if mark else RUN)
    return folder


@pytest.mark.parametrize("mark", [True, False])
def test_an_output_folder_is_no_submission(tmp_path: Path, mark: bool) -> None:
    put(tmp_path / "ann" / "x.py", CODE)
    output(tmp_path / "results", mark=mark)
    assert find_submissions(tmp_path) == [tmp_path / "ann"]
    assert skipped_entries(tmp_path) == [("results", LeftOut("results", "output"))]


@pytest.mark.parametrize("mark", [True, False])
def test_an_output_folder_in_a_students_is_not_read(tmp_path: Path, mark: bool) -> None:
    put(tmp_path / "x.py", CODE)
    put(output(tmp_path / "results", mark=mark) / "ann" / "y.py", b"SECRET = 1")
    submission = read_submission(tmp_path, ("f",))
    assert "SECRET" not in str(submission)
    assert submission.problem is None


@pytest.mark.parametrize(
    "run",
    [b"", b"[]", b"{", b'{"hidden_seed": 1}', b"[" * 100_000, b" " * (2 << 20) + RUN, b"1" * 5_000, b"\xff"],
    ids=range(8),
)
def test_a_file_called_run_json_is_not_enough(tmp_path: Path, run: bytes) -> None:
    put(tmp_path / "ann" / "run.json", run)
    put(tmp_path / "ann" / "index.html", b"")
    assert not is_output(tmp_path / "ann")


def test_what_is_in_a_link_or_a_pipe_makes_no_output(tmp_path: Path) -> None:
    put(tmp_path / "run.json", RUN)
    put(tmp_path / "ann" / "grades.csv", b"")
    (tmp_path / "ann" / "run.json").symlink_to(tmp_path / "run.json")
    (tmp_path / "ann" / OUTPUT_MARK).symlink_to(tmp_path / "run.json")
    assert not is_output(tmp_path / "ann")
    (tmp_path / "ann" / "run.json").unlink()
    os.mkfifo(tmp_path / "ann" / "run.json")
    assert not is_output(tmp_path / "ann")
    assert not is_output(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [".grader-cache", ".grader-secret", ".grader-output"])
def test_hidden_files_of_ours_are_not_read_from_a_submission(tmp_path: Path, name: str) -> None:
    put(tmp_path / name / "y.py", b"SECRET = 1")
    put(tmp_path / "x.py", CODE)
    submission = read_submission(tmp_path, ("f",))
    assert "SECRET" not in str(submission)
    assert submission.notes == ()


@pytest.mark.parametrize(
    "name",
    [
        "a.ipynb.txt",
        "a.ipynb.json",
        "A.IPYNB",
        "a.PY",
        "a.py.txt",
        "a.pdf",
        "a.docx",
        "a.html",
        "a.zip.part",
        "a.ipynb (1)",
        "a.ipynb~",
    ],
)
def test_what_looks_like_an_answer_is_somebodys(tmp_path: Path, name: str) -> None:
    put(tmp_path / name, b"(")
    assert find_submissions(tmp_path) == [tmp_path / name]
    assert skipped_entries(tmp_path) == []
    submission = read_submission(tmp_path / name)
    assert submission.problem or submission.cells[0].problem


def test_links_and_pipes_are_told_and_other_files_are_not(tmp_path: Path) -> None:
    put(tmp_path / "ann.py", CODE)
    (tmp_path / "bob.py").symlink_to("ann.py")
    (tmp_path / "cem").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "dee.ipynb")
    for name in (".hidden.pdf", "~$a.docx", "README.txt", "notes.md", "list.csv", "__pycache__"):
        put(tmp_path / name, b"")
    put(tmp_path / "eva.txt", b"my answer")
    assert skipped_entries(tmp_path) == [
        ("cem", LeftOut("cem", "link")),
        ("eva.txt", LeftOut("eva.txt", "other kind")),
    ]
    rows = [path.name for path in find_submissions(tmp_path)]
    assert rows == ["ann.py", "bob.py", "dee.ipynb"]
    assert skipped_entries(tmp_path / "ann.py") == []


def test_what_is_told_is_bounded_and_can_be_printed(tmp_path: Path) -> None:
    for number in range(400):
        put(tmp_path / f"{number}\u202e.dat", b"")
    told = skipped_entries(tmp_path)
    assert len(told) == 300
    assert all(name.isprintable() for name, _ in told)
