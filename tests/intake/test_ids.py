"""Ids: printable, short, and different on any file system."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from grader.intake import submission_id, submission_ids
from grader.intake.ids import MAX_ID, MAX_ID_BYTES


def paths(*names: str) -> list[Path]:
    return [Path("class") / name for name in names]


def folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def test_ids_are_names_without_endings_that_can_be_printed() -> None:
    names = [
        "ann.ipynb",
        "ann.py",
        "ann.zip",
        "ann.TAR.GZ",
        "class.zip/ann",
        "b\u202ec\n.zip",
        "x" * 300 + ".py",
    ]
    ids = [submission_id(Path(name)) for name in names]
    assert ids == ["ann", "ann", "ann", "ann", "ann", "b_c_", "x" * 100]


def test_the_first_keeps_its_plain_name_and_the_next_gets_its_ending() -> None:
    assert submission_ids(paths("ann.ipynb", "ann.py", "bob.py")) == ["ann", "ann.py", "bob"]


def test_a_duplicate_is_as_printable_as_the_first() -> None:
    ids = submission_ids(paths("a\u202eb.ipynb", "a\u202eb.py", "a\u202db.zip", "a_b.tar"))
    assert len({*map(folded, ids)}) == 4
    assert all(name.isprintable() for name in ids)


@pytest.mark.parametrize(
    "names",
    [
        ("Ann.py", "ann.ipynb", "ANN.zip", "ann.tar"),
        ("Stra\u00dfe.py", "STRASSE.ipynb", "strasse.zip"),
        ("\u00e9.py", "e\u0301.ipynb", "E\u0301.zip"),
        ("\ufb01n.py", "fin.ipynb"),
        ("ann .py", "ann.py", " ann.ipynb", "ann..zip", ".ann.tar", "ann\u3000.tgz"),
        ("?.py", "*.py", "\n.py", "\udcff.py", "\ud800.py", "_.py"),
        tuple(f"{n}\u200d.py".replace(str(n), "\u200b" * n) for n in range(1, 40)),
        tuple("x" * 120 + f"{n:04}" + "y" * 120 + ".py" for n in range(300)),
        ("con.py", "CON.ipynb", "_con.zip", "con.tar"),
    ],
    ids=range(9),
)
def test_no_file_system_takes_two_ids_for_one(names: tuple[str, ...]) -> None:
    ids = submission_ids(paths(*names))
    assert len({*map(folded, ids)}) == len(names)


@pytest.mark.parametrize(
    "name",
    [
        "con.py", "nul.tar.gz.py", "COM1.ipynb", "com\u00b9.py", "aux .py", "CONIN$.zip", ".", "..", "...py",
        " .py", "\u3000.py", ".py", "", "a/b", "a\\b.py", 'a:*?"<>|b.py', "x" * 500,
        "\U0001f600" * 80 + ".py", "\u200b.py",
        "e" + "\u0301" * 400 + ".py", "ann. . .ipynb", "\x00.py", "\ud800.ipynb", "C:.py",
    ],
)  # fmt: skip
def test_an_id_names_a_folder_anywhere(name: str) -> None:
    identity = submission_id(Path(name))
    assert identity
    assert identity.isprintable()
    assert len(identity) <= MAX_ID
    assert len(identity.encode()) <= MAX_ID_BYTES
    assert identity.strip(" .") == identity
    assert not set('/\\:*?"<>|') & set(identity)
    stem = unicodedata.normalize("NFKC", identity.partition(".")[0]).strip().lower()
    assert stem not in {"con", "nul", "aux", "com1", "conin$"}


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    course = (
        "CS231n_Deep_Learning_for_Computer_Vision_Spring_Assignment_Two_Submission_Attempt_2026-04-01_" * 2
    )
    names = ["Ann_Example_" + course + ".py", course + "bob02.py", course + "cem03.py"]
    ids = submission_ids(paths(*names))
    assert [submission_id(path) for path in paths(*names)] == ids
    assert ids[0].startswith("Ann_Example_")
    assert ids[1].endswith("bob02")
    assert ids[2].endswith("cem03")


def test_ids_do_not_depend_on_who_else_is_there() -> None:
    names = ["ann.ipynb", "ann.py", "x" * 120 + "1" + "y" * 120, "x" * 120 + "2" + "y" * 120]
    alone, among = submission_ids(paths(*names)), submission_ids(paths("aaa.py", *names, "zed.py"))
    assert among[1:-1] == alone
