"""Folders on disk that no student's editor made: nothing hangs, nothing is followed, nothing is unbounded."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from grader.intake import files as files_module
from grader.intake import read_submission
from grader.intake.errors import UnreadableError
from grader.intake.files import open_plain
from grader.model.reasons import LeftOut, Unreadable
from tests.intake.archives import CODE, NOTEBOOK, put

ROOTS = ("f",)


@pytest.mark.parametrize("name", ["hw.ipynb", "x.py", "a.zip"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert read_submission(tmp_path / name).problem == LeftOut(name, "not plain")
    assert read_submission(tmp_path).problem == LeftOut(name, "not plain")


def test_what_takes_a_files_place_meanwhile_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path / "secret", b"")
    (tmp_path / "link").symlink_to("secret")
    with pytest.raises(UnreadableError):
        open_plain(tmp_path / "pipe")
    with pytest.raises(OSError):
        open_plain(tmp_path / "link")
    with pytest.raises((OSError, UnreadableError)):
        open_plain(Path("/dev/null"))


def test_a_file_that_grows_is_not_followed_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "x.py", CODE)
    plain = os.open

    def grown(name: Any, *arguments: Any, **named: Any) -> int:
        if name == path:
            with open(plain(path, os.O_WRONLY), "wb") as file:
                file.write(b"#" * (1 << 20))
        return plain(name, *arguments, **named)

    monkeypatch.setattr(os, "open", grown)
    assert read_submission(path).problem == LeftOut("x.py", "grew")


def test_links_to_files_are_named_and_linked_folders_not_entered(tmp_path: Path) -> None:
    put(tmp_path / "secret" / "y.py", b"SECRET = 1")
    put(tmp_path / "ann" / "own.py", CODE)
    (tmp_path / "ann" / "stolen.py").symlink_to(tmp_path / "secret" / "y.py")
    (tmp_path / "ann" / "loop").symlink_to(tmp_path / "ann")
    (tmp_path / "ann" / "self").symlink_to("self")
    (tmp_path / "ann" / "away").symlink_to(tmp_path / "secret")
    submission = read_submission(tmp_path / "ann", ROOTS)
    assert set(submission.notes) == {LeftOut(n, "link") for n in ("stolen.py", "loop", "self", "away")}
    assert "SECRET" not in str(submission)


def test_folders_are_not_followed_without_end(tmp_path: Path) -> None:
    put(tmp_path / "own.py", CODE)
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(200):  # more, and pytest cannot tidy up
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    submission = read_submission(tmp_path, ROOTS)
    (note,) = submission.notes
    assert isinstance(note, LeftOut)
    assert (note.reason, note.limit) == ("too deep", 20)
    assert "def f" in str(submission.cells)


def test_more_files_than_are_looked_at_are_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "MAX_ENTRIES", 20)
    for number in range(11):
        put(tmp_path / "a" / f"{number}.txt", b"")
        put(tmp_path / "b" / f"{number}.txt", b"")
    problem = read_submission(tmp_path).problem
    assert isinstance(problem, Unreadable)
    assert "more than 20 files" in problem.reason


def test_data_and_environments_are_not_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "MAX_ENTRIES", 20)
    for number in range(30):
        put(tmp_path / "venv" / f"{number}.py", b"")
        put(tmp_path / ".git" / f"{number}.py", b"")
    put(tmp_path / "x.py", CODE)
    assert read_submission(tmp_path, ROOTS).problem is None


def test_what_may_not_be_opened_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "own.py", CODE)
    put(tmp_path / "closed.py", CODE)
    put(tmp_path / "folder" / "x.py", CODE)
    plain_open, plain_scan = os.open, os.scandir

    def denied(path: Any, *arguments: Any, **named: Any) -> int:  # root, who runs tests too, may open all
        if str(path).endswith("closed.py"):
            raise PermissionError(13, "Permission denied", path)
        return plain_open(path, *arguments, **named)

    def unlisted(path: Any) -> Any:
        if str(path).endswith("folder"):
            raise PermissionError(13, "Permission denied", path)
        return plain_scan(path)

    monkeypatch.setattr(os, "open", denied)
    monkeypatch.setattr(os, "scandir", unlisted)
    submission = read_submission(tmp_path, ROOTS)
    assert set(submission.notes) == {
        LeftOut(name, "not opened", error="Permission denied") for name in ("closed.py", "folder/")
    }
    assert "def f" in str(submission.cells)


def test_a_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    for name in ("hw.ipynb", "x.py", "data.zip"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(5 << 30)  # a sparse file
    submission = read_submission(tmp_path)
    assert submission.problem == LeftOut("hw.ipynb", "large notebook", 5120.0, 64)
    assert LeftOut("x.py", "large module", limit=256) in submission.notes
    assert read_submission(tmp_path / "data.zip").problem


def test_the_hash_is_of_what_was_left_out_too(tmp_path: Path) -> None:
    put(tmp_path / "hw.ipynb", NOTEBOOK)
    hashes = {read_submission(tmp_path, ROOTS).hash}
    for size in (66 << 20, 67 << 20):
        with (tmp_path / "big.ipynb").open("wb") as file:
            file.truncate(size)
        hashes.add(read_submission(tmp_path, ROOTS).hash)
    assert len(hashes) == 3


def test_modes_are_asked_of_what_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stat, "S_ISREG", lambda mode: False)
    with pytest.raises(UnreadableError):
        open_plain(put(tmp_path / "x.py", CODE))
