"""Zips: a right one is read as a folder is, and a hostile one costs its own entries at most."""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.intake import bounds, read_submission
from grader.intake import zips as zips_module
from grader.model import Finding, Submission
from grader.model.findings import values_of
from grader.model.reasons import AlikeNames, DoubledName, LeftOut, MoreNotes, NothingHere, Unreadable
from tests.intake.archives import CODE, NOTEBOOK, link, marked, overlapping, patched, put, zipped

ROOTS = ("f", "g")

_written: list[str] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note whatever is opened for writing, made, linked or moved."""
    if event == "open":
        path, mode, flags = arguments
        writes = set(mode) & set("wax+") if isinstance(mode, str) else flags & (os.O_WRONLY | os.O_RDWR)
        if writes and "__pycache__" not in str(path):
            _written.append(str(path))
    elif event in ("os.mkdir", "os.symlink", "os.link", "os.rename", "os.remove", "os.chmod"):
        _written.append(event)


sys.addaudithook(_watch)


def read(tmp_path: Path, data: bytes, name: str = "ann.zip") -> Submission:
    path = put(tmp_path / name, data)
    before = sorted(tmp_path.rglob("*"))
    _written.clear()
    submission = read_submission(path, ROOTS)
    assert _written == []
    assert sorted(tmp_path.rglob("*")) == before
    assert all(_is_printable(finding) for finding in (*submission.notes, submission.problem) if finding)
    return submission


def why(tmp_path: Path, data: bytes, name: str = "ann.zip") -> str:
    """Why an archive cannot be read as a whole."""
    problem = read(tmp_path, data, name).problem
    assert isinstance(problem, Unreadable)
    return problem.reason


def _is_printable(finding: Finding) -> bool:
    return all(str(value).isprintable() for value in values_of(finding).values())


def test_a_zip_is_read_as_its_folder_is(tmp_path: Path) -> None:
    files = {"cs231n/layers.py": CODE, "hw.ipynb": NOTEBOOK, "__MACOSX/._hw.ipynb": b"\0", ".git/x.py": b"("}
    for name, data in files.items():
        put(tmp_path / "ann" / name, data)
    submission = read(tmp_path, zipped(files))
    assert submission == read_submission(tmp_path / "ann", ROOTS)
    assert (submission.id, submission.problem, submission.notes) == ("ann", None, ())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../x.py", "outside"),
        ("a/../../x.py", "outside"),
        ("/etc/x.py", "outside"),
        ("C:\\x.py", "outside"),
        ("..\\x.py", "outside"),
        ("\\\\server\\x.py", "outside"),
        ("a/nul.py", "device"),
        ("COM1/x.py", "device"),
        ("/".join(["d"] * bounds.MAX_DEPTH) + "/x.py", "too deep"),
        ("a" * 250 + ".py", "long name"),
        ("a/" * 600 + "x.py", "long name"),
    ],
)
def test_a_name_that_is_not_to_be_trusted_is_left_out(tmp_path: Path, name: str, reason: str) -> None:
    submission = read(tmp_path, zipped({name: b"def g(x): return 1", "own.py": CODE}))
    assert [note.reason for note in submission.notes if isinstance(note, LeftOut)] == [reason]
    assert "def g" not in str(submission)
    assert "def f" in str(submission)


def test_a_name_with_a_nul_is_not_cut_into_another(tmp_path: Path) -> None:
    data = zipped({"x.pyZ.txt": b"def g(x): return 1", "own.py": CODE}).replace(b"x.pyZ.txt", b"x.py\0.txt")
    submission = read(tmp_path, data)
    assert submission.notes == (LeftOut("x.py\\x00.txt", "NUL"),)
    assert "def g" not in str(submission)


def test_windows_separators_are_separators(tmp_path: Path) -> None:
    submission = read(tmp_path, zipped({"cs231n\\layers.py": CODE, "cs231n\\x.py": b"y = 1"}))
    assert "cs231n.layers" in {module.name for module in submission.modules}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_left_out_with_a_note(tmp_path: Path, kind: int) -> None:
    submission = read(tmp_path, zipped([(marked("x.py", kind), b"/etc/passwd"), ("own.py", CODE)]))
    assert submission.notes == (LeftOut("x.py", "link" if kind == stat.S_IFLNK else "not plain"),)
    assert "passwd" not in str(submission.cells)


def test_what_is_locked_or_oddly_compressed_says_what_to_do(tmp_path: Path) -> None:
    one = zipped({"x.py": CODE})
    assert read(tmp_path, patched(one, "flags", 1)).problem == LeftOut("x.py", "password")
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        odd = zipped({"x.py": CODE}, compression)
        assert read(tmp_path, odd).problem == LeftOut("x.py", "compression")
    assert read(tmp_path, patched(one, "method", 9)).problem == LeftOut("x.py", "compression")


def test_a_wrong_checksum_costs_its_own_entry(tmp_path: Path) -> None:
    data = patched(zipped({"x.py": CODE}), "crc", 7)
    assert read(tmp_path, data).problem == LeftOut("x.py", "damaged")


def test_every_cut_of_a_zip_is_a_reason(tmp_path: Path) -> None:
    data = zipped({"x.py": CODE, "hw.ipynb": NOTEBOOK})
    for length in range(0, len(data), 7):
        assert read(tmp_path, data[:length]).problem


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"%PDF-1.7", "PDF"),
        (NOTEBOOK, "no archive"),
        (b"#!/bin/sh\n" + zipped({"x.py": CODE}), "no archive"),
    ],
)
def test_what_is_no_archive_of_answers_says_so(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in why(tmp_path, data)


def test_an_archive_without_code_is_nothing_to_grade(tmp_path: Path) -> None:
    for files in ({}, {"readme.txt": b"x"}):
        assert read(tmp_path, zipped(files)).problem == NothingHere()


def test_a_rar_is_a_submission_with_a_reason(tmp_path: Path) -> None:
    assert ".zip" in why(tmp_path, b"Rar!\x1a\x07\x00", "ann.rar")


@pytest.mark.parametrize("honest", [True, False])
def test_a_bomb_is_not_inflated(tmp_path: Path, honest: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"x.py": b"#" * (30 << 20)})
    inflated: list[int] = []
    plain = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        piece = plain(self, n)
        inflated.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    submission = read(tmp_path, data if honest else patched(data, "size", 100))
    assert submission.problem
    assert sum(inflated) <= 100


def test_what_is_read_is_bounded_whatever_is_declared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were ``zipfile`` to believe a stream over its directory, the bound would still hold."""
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda self, n=-1: b"#" * n)
    assert read(tmp_path, zipped({"x.py": CODE})).problem == LeftOut("x.py", "declared size")


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    assert "over each other" in why(tmp_path, overlapping(200))


def test_a_directory_of_too_many_entries_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips_module, "MAX_ENTRIES", 10)
    assert "more than 10 files" in why(tmp_path, zipped({f"{n}.py": CODE for n in range(11)}))


def test_a_directory_too_large_is_not_read_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = overlapping(100_000)  # 5 MB of entries; the list of them would take 60 MB
    monkeypatch.setattr(zipfile, "ZipInfo", None)  # nobody gets so far as to make one
    assert "more than 20000 files" in why(tmp_path, data)


def test_files_past_the_bounds_are_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = read(tmp_path, zipped({f"x{n:03}.py": CODE for n in range(450)}))
    assert len({m.name for m in submission.modules if m.name.startswith("submission.")}) == 400
    assert submission.notes[-1] == MoreNotes(21)
    monkeypatch.setattr("grader.intake.contents.MAX_TOTAL", 50)
    notes = read(tmp_path, zipped({"x.py": CODE * 4, "y.py": CODE})).notes
    assert "past size" in [note.reason for note in notes if isinstance(note, LeftOut)]


def test_a_notebook_too_large_says_how_large_and_what_to_do(tmp_path: Path) -> None:
    problem = read(tmp_path, zipped({"hw.ipynb": b" " * (69 << 20)})).problem
    assert problem == LeftOut("hw.ipynb", "large notebook", 69.0, 64)


def test_the_last_of_two_with_one_name_counts(tmp_path: Path) -> None:
    accents = [unicodedata.normalize(form, "é.py") for form in ("NFC", "NFD")]
    for one, other in (("x.py", "x.py"), ("x.py", "./x.py"), (accents[0], accents[1])):
        submission = read(tmp_path, zipped([(one, b"def g(x): return 1"), (other, CODE)]))
        assert submission.notes == (DoubledName(unicodedata.normalize("NFC", one)),)
        assert "def g" not in str(submission.cells)
        assert "def f" in str(submission.cells)


def test_names_that_differ_in_capitals_are_both_read(tmp_path: Path) -> None:
    submission = read(tmp_path, zipped({"Layers.py": b"def g(x): return 1", "layers.py": CODE}))
    assert submission.notes == (AlikeNames("Layers.py", "layers.py"),)
    assert {"Layers", "layers"} <= {module.name for module in submission.modules}


def test_a_name_shows_what_it_hides(tmp_path: Path) -> None:
    name = "a\u202eyp.\x1b[31m\n\u2066b.py"
    submission = read(tmp_path, zipped({name: b"\xff", "own.py": CODE}))
    assert LeftOut("a\\u202eyp.\\x1b[31m\\x0a\\u2066b.py", "encoding") in submission.notes


def test_a_mac_writes_utf8_without_saying_so(tmp_path: Path) -> None:
    unmarked = patched(zipped({"Lösung.py": b"\xff"}), "flags", 0)
    assert read(tmp_path, unmarked).problem == LeftOut("Lösung.py", "encoding")


def test_an_archive_inside_a_students_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped({"x.py": CODE})
    problem = read(tmp_path, zipped({"inner.zip": inner})).problem
    assert problem == LeftOut("inner.zip", "nested archive")


def test_the_hash_is_of_what_was_left_out_too(tmp_path: Path) -> None:
    hashes = {
        read(tmp_path, zipped({"own.py": CODE, **more})).hash
        for more in ({}, {"big.ipynb": b" " * (6 << 20)}, {"big.ipynb": b" " * (7 << 20)}, {"a.zip": b"x"})
    }
    assert len(hashes) == 4


def test_a_link_to_a_zip_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "real.zip", zipped({"x.py": CODE}))
    (tmp_path / "ann.zip").symlink_to("real.zip")
    assert read_submission(tmp_path / "ann.zip").problem == LeftOut("ann.zip", "link")


def test_a_stored_link_in_a_class_folder_is_left_out(tmp_path: Path) -> None:
    problem = read(tmp_path, zipped([(link("hw.ipynb"), b"../bob/hw.ipynb")])).problem
    assert problem == LeftOut("hw.ipynb", "link")
