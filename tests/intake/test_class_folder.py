"""A class → its submissions: from a folder or from one archive, of files, folders and archives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.intake import UnreadableError, find_submissions, read_submission, submission_id
from grader.model.reasons import LeftOut, NothingHere
from tests.intake.archives import CODE, NOTEBOOK, link, put, tarred, zipped

ROOTS = ("f",)
STUDENTS = {
    "ann.ipynb": NOTEBOOK,
    "bob/hw.ipynb": NOTEBOOK,
    "bob/notes.txt": b"",
    "cem.zip": zipped({"hw/hw.ipynb": NOTEBOOK}),
    "dee_123_assignsubmission_file/hw.zip": zipped({"cs231n/layers.py": CODE, "cs231n/optim.py": CODE}),
    "eva.tar.gz": tarred({"./x.py": CODE}, "w:gz"),
    "fay/report.pdf": b"%PDF",
    "README.txt": b"",
    "__MACOSX/ann/._hw.ipynb": b"\0",
    ".DS_Store": b"\0",
}
IDS = ["ann", "bob", "cem", "dee_123_assignsubmission_file", "eva", "fay"]


def relative(path: Path) -> list[str]:
    return [found.relative_to(path).as_posix() for found in find_submissions(path)]


@pytest.mark.parametrize("top", ["", "hw1_submissions/"])
@pytest.mark.parametrize("kind", ["folder", "zip", "tar", "tar.gz"])
def test_a_class_has_one_path_for_each_submission(tmp_path: Path, kind: str, top: str) -> None:
    files = {f"{top}{name}": data for name, data in STUDENTS.items()}
    place = tmp_path / f"class.{kind}"
    if kind == "folder":
        for name, data in STUDENTS.items():
            put(place / name, data)
    else:
        put(place, zipped(files) if kind == "zip" else tarred(files, "w:gz" if "gz" in kind else "w"))
    found = find_submissions(place)
    assert [submission_id(path) for path in found] == IDS
    submissions = [read_submission(Path(str(path)), ROOTS) for path in found]  # as workers are told of them
    assert [submission.id for submission in submissions] == IDS
    assert [submission.problem for submission in submissions] == [None] * 5 + [NothingHere()]
    assert all("def f" in str(s.cells) + str(s.modules) for s in submissions[:5])


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"hw.ipynb": NOTEBOOK}, []),
        ({"ann/hw.ipynb": NOTEBOOK}, []),
        ({"hw1/cs231n/layers.py": CODE}, []),
        ({"hw1/ann/hw.ipynb": NOTEBOOK, "hw1/bob/hw.ipynb": NOTEBOOK}, ["hw1/ann", "hw1/bob"]),
        ({"ann/hw.ipynb": NOTEBOOK, "ann.zip": zipped({})}, ["ann", "ann.zip"]),
        ({"ann.zip": zipped({})}, ["ann.zip"]),
        ({"ann_1_assignsubmission_file/hw.zip": zipped({})}, ["ann_1_assignsubmission_file/hw.zip"]),
        ({"../up/x.py": CODE, "/abs/x.py": CODE, "ann/x.py": CODE, "bob/x.py": CODE}, ["ann", "bob"]),
        ({"ann/": b"", "bob/": b""}, ["ann", "bob"]),
        ({"C:\\x.py": CODE, "nul.py": CODE, "ann.py": CODE, "bob.py": CODE}, ["ann.py", "bob.py"]),
        ({"readme.md": b""}, []),
        ({}, []),
    ],
)
def test_what_is_one_submission_and_what_a_class(
    tmp_path: Path, files: dict[str, bytes], found: list[str]
) -> None:
    place = put(tmp_path / "class.zip", zipped(files))
    assert find_submissions(place) == ([place / name for name in found] or [place])


def test_who_hands_in_a_link_is_told_so_and_not_passed_over(tmp_path: Path) -> None:
    place = put(tmp_path / "class.zip", zipped([(link("ann.ipynb"), b"bob.py"), ("bob.py", CODE)]))
    found = find_submissions(place)
    assert found == [place / "ann.ipynb", place / "bob.py"]
    assert read_submission(found[0]).problem == LeftOut("ann.ipynb", "link")


@pytest.mark.parametrize("data", [b"", b"PK", zipped({"a.py": CODE, "b.py": CODE})[:-30], b"Rar!"])
def test_an_archive_that_cannot_be_read_is_an_error_of_the_run(tmp_path: Path, data: bytes) -> None:
    place = put(tmp_path / "class.zip", data)
    with pytest.raises(UnreadableError, match=r"^class\.zip cannot be read: .*hand"):
        find_submissions(place)


def test_an_archive_that_is_not_there_or_a_link_is_an_error_of_the_run(tmp_path: Path) -> None:
    put(tmp_path / "real.zip", zipped({"ann.py": CODE, "bob.py": CODE}))
    (tmp_path / "class.zip").symlink_to("real.zip")
    with pytest.raises(UnreadableError, match="no plain file"):
        find_submissions(tmp_path / "class.zip")
    with pytest.raises(UnreadableError, match="No such file"):
        find_submissions(tmp_path / "other.zip")


def test_archives_of_a_kind_that_is_not_read_are_not_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "ann.rar", b"Rar!\x1a\x07\x00")
    put(tmp_path / "bob.7z", b"7z\xbc\xaf\x27\x1c")
    assert relative(tmp_path) == ["ann.rar", "bob.7z"]


def test_pipes_and_links_are_rows_with_a_reason_and_linked_folders_none(tmp_path: Path) -> None:
    put(tmp_path / "class" / "ann.py", CODE)
    os.mkfifo(tmp_path / "class" / "bob.ipynb")
    (tmp_path / "class" / "cem.zip").symlink_to(tmp_path / "nowhere")
    (tmp_path / "class" / "dee").symlink_to(tmp_path)
    assert relative(tmp_path / "class") == ["ann.py", "bob.ipynb", "cem.zip"]
    problems = [read_submission(path).problem for path in find_submissions(tmp_path / "class")]
    assert problems == [None, LeftOut("bob.ipynb", "not plain"), LeftOut("cem.zip", "link")]


@pytest.mark.parametrize("inside", ["nobody", "ann/hw.ipynb/more", "../class.zip", "bob.zip/hw.ipynb", "an"])
def test_what_is_not_in_the_archive_is_a_reason(tmp_path: Path, inside: str) -> None:
    files = {"ann/hw.ipynb": NOTEBOOK, "bob.zip": zipped({"hw.ipynb": NOTEBOOK})}
    assert read_submission(put(tmp_path / "class.zip", zipped(files)) / inside).problem


def test_a_student_reads_nothing_of_another(tmp_path: Path) -> None:
    files = {"ann/hw.ipynb": NOTEBOOK, "ann/../bob/x.py": b"STOLEN = 1", "bob/x.py": b"BOB = 1"}
    submission = read_submission(put(tmp_path / "class.zip", zipped(files)) / "ann", ROOTS)
    assert "BOB" not in str(submission)
    assert submission.notes == (LeftOut("../bob/x.py", "outside"),)


def test_files_beside_an_archive_are_what_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = zipped({"layers.py": b"def g(x): return 1"})
    for name in ("a1.zip", "z9.zip"):  # before and after them in the listing
        put(tmp_path / "ann" / name, packed)
    put(tmp_path / "ann" / "layers.py", CODE + b"#" * len(packed))
    monkeypatch.setattr(
        "grader.intake.contents.MAX_TOTAL", 2 * len(packed)
    )  # an archive takes nothing from files
    submission = read_submission(tmp_path / "ann", ROOTS)
    assert submission.notes == (LeftOut("a1.zip", "archive beside"), LeftOut("z9.zip", "archive beside"))
    assert "def g" not in str(submission)


def test_archives_in_a_folder_are_bounded_all_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.intake.contents.MAX_FILES", 3)
    for name in ("a.zip", "b.zip"):
        put(tmp_path / "ann" / name, zipped({f"{n}.py": CODE for n in "xy"}))
    submission = read_submission(tmp_path / "ann", ROOTS)
    assert len([m for m in submission.modules if m.name.startswith("submission.") and m.source]) == 3
    assert submission.notes == (LeftOut("y.py", "past archives", archive="b.zip"),)
