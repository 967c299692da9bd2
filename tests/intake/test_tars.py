"""Tars, plain and gzipped: one pass, bounded from the outside, whatever the headers say."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path

import pytest

from grader.intake import read_submission
from grader.intake import tars as tars_module
from grader.model import Submission
from grader.model.reasons import LeftOut, LeftOutReason, Unreadable
from tests.intake.archives import CODE, NOTEBOOK, entry, put, tarred

ROOTS = ("f", "g")


def read(tmp_path: Path, data: bytes, name: str = "ann.tar.gz") -> Submission:
    return read_submission(put(tmp_path / name, data), ROOTS)


def reason(tmp_path: Path, data: bytes, name: str = "ann.tar.gz") -> str:
    """Why an archive cannot be read as a whole."""
    problem = read(tmp_path, data, name).problem
    assert isinstance(problem, Unreadable)
    return problem.reason


def header(name: str, size: bytes = b"", kind: bytes = b"0") -> bytes:
    """One header with fields as they stand in it, its checksum right."""
    block = bytearray(entry(name, kind).tobuf(tarfile.USTAR_FORMAT))
    if size:
        block[124:136] = size.ljust(12, b"\0")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    ("mode", "options"),
    [
        ("w", {}),
        ("w:gz", {}),
        ("w", {"format": tarfile.GNU_FORMAT}),
        ("w:gz", {"format": tarfile.PAX_FORMAT}),
    ],
)
def test_a_tar_is_read_as_its_folder_is(tmp_path: Path, mode: str, options: dict[str, int]) -> None:
    long = "f" * 90 + "/" + "g" * 90
    files = {f"{long}/layers.py": CODE, "hw.ipynb": NOTEBOOK, "datasets/x.py": b"(", "é.py": b"y = 1\n"}
    for name, data in files.items():
        put(tmp_path / "ann" / name, data)
    submission = read(tmp_path, tarred(files, mode, **options), "ann.tgz" if ":" in mode else "ann.tar")
    assert submission == read_submission(tmp_path / "ann", ROOTS)
    assert (submission.id, submission.problem, submission.notes) == (
        "ann",
        None,
        (LeftOut("datasets", "set aside"),),
    )


def test_the_dot_that_tar_writes_is_no_folder(tmp_path: Path) -> None:
    submission = read(tmp_path, tarred({"./x.py": CODE, "./y.py": CODE}, "w:gz"))
    assert "x" in {module.name for module in submission.modules}


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"S", b"Z"]
)
def test_what_is_no_file_is_left_out_with_a_note(tmp_path: Path, kind: bytes) -> None:
    own = tarred({"own.py": CODE})
    submission = read(tmp_path, header("x.py", kind=kind) + own, "ann.tar")
    why: LeftOutReason = "link" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else "not plain"
    assert submission.notes == (LeftOut("x.py", why),)
    assert "def f" in str(submission.cells)


@pytest.mark.parametrize("name", ["../x.py", "/x.py", "a/../../x.py", "nul.py"])
def test_a_name_that_is_not_to_be_trusted_is_left_out(tmp_path: Path, name: str) -> None:
    submission = read(tmp_path, tarred({name: b"def g(x): return 1", "own.py": CODE}, "w:gz"))
    assert len(submission.notes) == 1
    assert "def g" not in str(submission.cells)


def test_every_cut_of_a_tar_is_a_reason(tmp_path: Path) -> None:
    data = tarred({"x.py": CODE, "hw.ipynb": NOTEBOOK}, "w:gz")
    for length in range(0, len(data) - 1, 5):
        assert read(tmp_path, data[:length]).problem, length
    plain = tarred({"x.py": CODE, "hw.ipynb": NOTEBOOK * 3})
    assert "cut off" in reason(tmp_path, plain[:700], "ann.tar")
    assert "cut off" in reason(tmp_path, plain[:1800], "ann.tar")


def test_a_wrong_checksum_is_a_reason(tmp_path: Path) -> None:
    data = bytearray(tarred({"x.py": CODE}, "w:gz"))
    data[-6] ^= 1
    assert "damaged" in reason(tmp_path, bytes(data))


def test_what_a_tar_inflates_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tars_module, "MAX_INFLATED", 2 << 20)
    data = tarred({"data.bin": b"\0" * (8 << 20), "x.py": CODE}, "w:gz")
    assert "more than 2 MB" in reason(tmp_path, data)


def test_headers_without_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tars_module, "MAX_ENTRIES", 10)
    data = gzip.compress(header("x", kind=b"K") * 40)
    assert "more than 10 files" in reason(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [
        header("x.py", b"\xff" * 12),  # a negative size, which would lead back to its own header
        header("x.py", b"\x80" + b"\xff" * 11),  # 10^26 bytes
        header("x", b"77777777777", b"x"),  # a header for the name of 8 GB
        header("x", b"77777777777", b"L"),
        header("x", b"00000001000", b"x") + b"9" * 512,  # records that never end
        header("x", b"00000001000", b"x") + b"0 a=b\n" * 85 + b"\0\0",
        header("x", b"00000001000", b"x") + b"6 a=b\n" * 85 + b"\0\0",
        header("x", b"00000000016", b"x") + b"14 size=99999\n".ljust(512, b"\0"),
        header("x.py", b"nonsense"),
        b"\x01" * 257 + b"ustar" + b"\x01" * 250,
    ],
    ids=range(10),
)
def test_headers_that_lie_are_a_reason(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, gzip.compress(data + bytes(1024))).problem
    assert read(tmp_path, data + bytes(1024), "ann.tar").problem


@pytest.mark.parametrize(
    "records",
    [
        b"14 size=99999\n",
        b"6 a=b\n" * 101,
        b"x a=b\n",
        b"99999999 a=b\n",
        b"70000 a=" + b"b" * 69_991 + b"\n",
    ],
    ids=["a size of its own", "records without end", "no length", "a length past the end", "too long"],
)
def test_a_pax_header_that_no_tool_writes_spoils_the_archive(tmp_path: Path, records: bytes) -> None:
    size, padding = b"%011o" % len(records), bytes(-len(records) % 512)
    good, bad = b"13 path=y.py\n", records
    own = tarred({"x.py": CODE})
    fine = header("x", b"%011o" % len(good), b"x") + good.ljust(512, b"\0") + own
    assert read(tmp_path, fine).problem is None
    assert "damaged" in reason(tmp_path, header("x", size, b"x") + bad + padding + own)


def test_names_of_names_do_not_pile_up(tmp_path: Path) -> None:
    data = header("x", b"00000000005", b"L") + b"y.py\0".ljust(512, b"\0")
    submission = read(tmp_path, gzip.compress(data * 2_000 + tarred({"z.py": CODE})))
    assert "def f" in str(submission.cells)


def test_too_large_and_twice(tmp_path: Path) -> None:
    problem = read(tmp_path, tarred({"hw.ipynb": b" " * (66 << 20)}, "w:gz")).problem
    assert problem == LeftOut("hw.ipynb", "large notebook", 66.0, 64)
