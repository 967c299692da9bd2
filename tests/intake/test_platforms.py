"""Names that learning platforms give: whose a file is, what it was called, and which upload it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake import find_submissions, read_submission, submission_ids
from grader.intake.platforms import read_name
from grader.model.reasons import EarlierUploads, HandedInLate, LeftOut
from tests.intake.archives import CODE, NOTEBOOK, put, tarred, zipped

ROOTS = ("f",)
OTHER = b"def f(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    ("name", "student", "file", "late"),
    [
        ("last_first_12345_67890_two_layer_net-1.ipynb", "last_first_12345", "two_layer_net.ipynb", False),
        ("exampleann_LATE_12345_67890_two_layer_net.ipynb", "exampleann_12345", "two_layer_net.ipynb", True),
        ("exampleann_late_12345_67890_hw-12.tar.gz", "exampleann_12345", "hw.tar.gz", True),
        ("o'brien-smith_ann_12_3456_my_hw-3.py", "o'brien-smith_ann_12", "my_hw.py", False),
        ("Ann Example_12345_assignsubmission_file_hw.ipynb", "Ann Example_12345", "hw.ipynb", False),
        ("Ann Example_12345_assignsubmission_file_", "Ann Example_12345", "", False),
        ("HW 1_ann01_attempt_2026-04-01-10-11-12_hw.ipynb", "ann01", "hw.ipynb", False),
        ("HW 1_ann01_attempt_2026-04-01-10-11-12.txt", "ann01", "", False),
    ],
)  # fmt: skip
def test_a_name_says_whose_it_is(name: str, student: str, file: str, late: bool) -> None:
    known = read_name(name)
    assert known is not None
    assert (known.student, known.file, known.late) == (student, file, late)


@pytest.mark.parametrize(
    "name",
    [
        *("ann.ipynb", "two_layer_net-2.ipynb", "ann_2026.py", "hw_1_final.ipynb", "x" * 5_000),
        *("hw_2026_11_30_ann.ipynb", "hw_2026_1130_ann.ipynb", "cs_231_1_ann.ipynb"),
    ],
)
def test_other_names_say_nothing(name: str) -> None:
    assert read_name(name) is None


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz", "zip in a folder"])
def test_files_of_one_student_are_one_submission(tmp_path: Path, kind: str) -> None:
    files = {
        "example_ann_12345_1000_layers.py": OTHER,
        "example_ann_12345_1001_layers-1.py": CODE,
        "example_ann_12345_1002_net.py": b"from layers import f\ndef g(x):\n    return f(x)\n",
        "example_ann_12345_1003_report.pdf": b"%PDF",
        "example_bob_LATE_222_1004_hw.ipynb": NOTEBOOK,
    }
    inside = "hw1/" if kind == "zip in a folder" else ""
    named = {f"{inside}{name}": data for name, data in files.items()}
    place = tmp_path / "class"
    if kind == "folder":
        for name, data in files.items():
            put(place / name, data)
    else:
        place = put(tmp_path / f"class.{kind[:3]}", zipped(named) if "zip" in kind else tarred(named, "w:gz"))

    paths = find_submissions(place)
    ann, bob = (read_submission(path, ROOTS) for path in paths)

    assert submission_ids(paths) == ["example_ann_12345", "example_bob_222"]
    sources = {module.name: module.source for module in ann.modules}
    assert sources["layers"] == CODE.decode()
    assert "net" in sources
    assert set(ann.notes) == {
        LeftOut("example_ann_12345_1000_layers.py", "earlier upload"),
        LeftOut("report.pdf", "other kind"),
    }
    assert bob.notes == (HandedInLate("example_bob_LATE_222_1004_hw.ipynb"),)


def test_the_tenth_upload_is_later_than_the_second(tmp_path: Path) -> None:
    names = [f"ann_12345_{1000 + n}_hw-{n}.ipynb" for n in (10, 2, 9)]
    for name in names:
        put(tmp_path / name, NOTEBOOK)
    (path,) = find_submissions(tmp_path)
    notes = read_submission(path, ROOTS).notes
    assert notes == (EarlierUploads(names[0], f"{names[1]}, {names[2]}"),)


def test_archives_that_were_handed_in_again(tmp_path: Path) -> None:
    put(tmp_path / "ann_12345_1000_hw.zip", zipped({"layers.py": OTHER}))
    put(tmp_path / "ann_12345_1000_hw-1.zip", zipped({"layers.py": CODE}))
    (path,) = find_submissions(tmp_path)
    submission = read_submission(path, ROOTS)
    assert "2 * x" not in str(submission.modules)
    assert submission.notes == (LeftOut("ann_12345_1000_hw.zip", "earlier upload"),)


def test_a_folder_of_the_students_own_name_is_left_alone(tmp_path: Path) -> None:
    put(tmp_path / "ann_12345" / "x.py", CODE)
    for number in (1, 2):
        put(tmp_path / f"ann_12345_{1000 + number}_hw{number}.py", CODE)
    assert len(find_submissions(tmp_path)) == 3
