"""A class's archive is gone through once for all students, and each of them is bounded by himself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from grader.intake import archive, class_archive, find_submissions, read_submission
from grader.intake.bounds import ArchiveBounds
from grader.intake.contents import Member
from grader.model.reasons import MoreNotes, Unreadable
from tests.intake.archives import CODE, NOTEBOOK, put, tarred, zipped

KINDS = ["zip", "tar", "tar.gz"]


def packed(kind: str, files: dict[str, bytes]) -> bytes:
    return zipped(files) if kind == "zip" else tarred(files, "w:gz" if kind == "tar.gz" else "w")


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_is_gone_through_once_for_all_students(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes: list[ArchiveBounds | None] = []
    plain = archive.members

    def counted(file: BinaryIO, bounds: ArchiveBounds | None = None) -> Iterator[Member]:
        passes.append(bounds)
        return plain(file, bounds)

    monkeypatch.setattr(archive, "members", counted)
    files = {f"hw1/s{number:02}/hw.ipynb": NOTEBOOK for number in range(30)}
    place = put(tmp_path / f"class.{kind}", packed(kind, files))

    submissions = [read_submission(path, ("f",)) for path in find_submissions(place)]

    assert [submission.problem for submission in submissions] == [None] * 30
    assert len(passes) == (1 if kind == "zip" else 2)


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_that_changes_is_opened_anew(tmp_path: Path, kind: str) -> None:
    place = put(tmp_path / f"class.{kind}", packed(kind, {"ann.py": CODE, "bob.py": CODE}))
    assert len(find_submissions(place)) == 2
    put(place, packed(kind, {"ann.py": CODE, "bob.py": CODE, "cem.py": CODE}))
    assert len(find_submissions(place)) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_of_its_own_opens_it_for_itself(tmp_path: Path, kind: str) -> None:
    place = put(tmp_path / f"class.{kind}", packed(kind, {"ann.py": CODE, "bob.py": CODE}))
    find_submissions(place)
    (held,) = class_archive._cache
    assert held[0][0] == os.getpid()
    class_archive._cache[:] = [((os.getpid() + 1, *held[0][1:]), held[1])]  # as after a fork
    assert read_submission(place / "ann.py", ("f",)).problem is None
    assert class_archive._cache[0][1] is not held[1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_student_with_too_many_files_loses_by_it_alone(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("archive", "zips", "tars", "files"):
        monkeypatch.setattr(f"grader.intake.{module}.MAX_ENTRIES", 20)
    files = {
        "ann/hw.ipynb": NOTEBOOK,
        **{f"bob/{n}.txt": b"" for n in range(80)},
        "bob/x.py": CODE,
        "cem.py": CODE,
    }
    place = put(tmp_path / f"class.{kind}", packed(kind, files))

    problems = [read_submission(path, ("f",)).problem for path in find_submissions(place)]

    assert [problem is None for problem in problems] == [True, False, True]
    assert isinstance(problems[1], Unreadable)
    assert "more than 20 files and folders" in problems[1].reason


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_student_unpacks_to_costs_nobody_else(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.tars.MAX_INFLATED", 1 << 20)
    files = {"ann/hw.ipynb": NOTEBOOK, "bob/data.bin": bytes(8 << 20), "bob/x.py": CODE, "cem.py": CODE}
    place = put(tmp_path / f"class.{kind}", packed(kind, files))
    assert [read_submission(path, ("f",)).problem for path in find_submissions(place)] == [None] * 3


def test_what_is_copied_of_a_student_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_archive, "MAX_TOTAL", 500)
    files = {f"bob/x{n:03}.py": b"#" * 100 for n in range(200)}
    place = put(tmp_path / "class.tar.gz", packed("tar.gz", {**files, "cem/hw.py": CODE}))
    _, cem = find_submissions(place)
    assert sum(member.refusal is None for member in class_archive.open_class(place).students["bob"]) == 200
    assert isinstance(read_submission(place / "bob").notes[-1], MoreNotes)
    assert read_submission(cem, ("f",)).problem is None
