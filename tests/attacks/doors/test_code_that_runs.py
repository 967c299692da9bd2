"""Nothing that was handed in runs on the grader's side: no module and no course is found by searching."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.doors.conftest import Done, Place, grade
from tests.attacks.doors.tiny import FULL, RIGHT, make_course, notebook
from tests.ordinary import ROOT

slow = pytest.mark.slow
ENTRIES = (
    "grader.cli",
    "grader.cli.worker",
    "grader.grading.executors.local_worker",
    "grader.grading.verify",
    "grader.sandbox.zygote",
    "grader.notebook.checker",
    "grader.reporting.pages.student",
    "importlib.metadata",
)
"""What processes of ours start with, or import when a command is run."""
SOME = (
    "signal",
    "pickle",
    "socket",
    "struct",
    "multiprocessing",
    "numpy",
    "msgspec",
    "grader",
    "templates",
    "random",
    "sitecustomize",
    "usercustomize",
    "reference",
    "assignments",
    "tests",
)


def imported() -> set[str]:
    """Names of all modules that the grader and its workers import, and of some that others may."""
    code = f"import sys, {', '.join(ENTRIES)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in done.stdout.split()} | set(SOME)


def scores(folder: Path) -> dict[str, float | None]:
    """Points by submission; None for what could not be read."""
    rows = csv.DictReader((folder / "grades.csv").read_text().splitlines())
    return {row["id"]: float(row["score"]) if row["score"] else None for row in rows}


def test_nothing_is_importable_whatever_module_it_is_named_like(place: Place, submissions: Path) -> None:
    names = sorted(name for name in imported() if not name.startswith("_"))
    assert len(names) > 100
    for name in names:
        (submissions / f"{name}.py").write_text(place.hostile)
    inner = submissions / "class"
    inner.mkdir(mode=0o777)
    for name in SOME:
        (inner / f"{name}.py").write_text(place.hostile)
    (inner / "innocent.py").write_text(RIGHT)
    fixed = ("--assignment", "tiny", "--seed", 7, "--course", "../course")
    done = place.run("grade", "class", *fixed, "--out", "../grades", cwd=submissions)
    assert done.returncode == 0, done.stderr
    assert not place.mark.exists(), place.mark.read_text()
    assert scores(place.folder / "grades")["innocent"] == FULL


@slow
@pytest.mark.parametrize("user", ["root", "user"])
@pytest.mark.parametrize("where", ["checkout", "installed"])
def test_a_hostile_current_folder_is_only_read(
    where: str, user: str, place: Place, submissions: Path, request: pytest.FixtureRequest
) -> None:
    if where == "installed":
        place.python = request.getfixturevalue("installed")
    place.user = user
    # An entry that is empty is the current folder: a line in a shell's start-up file does that.
    place.environment = {"PYTHONPATH": "" if where == "installed" else f":.:{place.folder / 'nothing'}"}
    for name in SOME:
        if where == "installed" or name in ("multiprocessing", "msgspec", "templates"):
            (submissions / f"{name}.py").write_text(place.hostile)
    (submissions / "ann.py").write_text(RIGHT)
    named = ("--course", "../course")
    fixed = ("--assignment", "tiny", *named)
    every = {
        "grade": place.run("grade", ".", *fixed, "--seed", 7, "--out", "../grades", cwd=submissions),
        "check": place.run("check", "ann.py", *fixed, cwd=submissions),
        "explain": place.run("explain", "ann.py", "halve", *fixed, cwd=submissions),
        "verify": place.run("verify", "tiny", "tiny", *named, "--out", "../verified", cwd=submissions),
        "doctor": place.run("doctor", *named, cwd=submissions),
        "notebook": check_in_a_notebook(place, submissions),
    }
    assert not place.mark.exists(), place.mark.read_text()
    for name in ("grade", "check", "explain"):
        assert every[name].returncode == 0, (name, every[name].stdout, every[name].stderr)
    assert every["verify"].returncode in (0, 1), every["verify"].stderr
    assert "halve: right" in every["notebook"].stdout, every["notebook"].stderr
    assert scores(place.folder / "grades")["ann"] == FULL


def check_in_a_notebook(place: Place, folder: Path) -> Done:
    """``check("halve")`` in a process that is a kernel in all but its messages."""
    code = f"from grader import check\n{RIGHT}\nprint(check('halve'))\n"
    command = [*place.command()[:-2], "-c", code]
    # A kernel's path begins with its folder, and PYTHONPATH is the student's own: that is not tried here.
    environment = {**place.all_variables(), "PYTHONPATH": "", "GRADER_COURSE": str(place.folder / "course")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def hostile_course(place: Place, folder: Path) -> Path:
    """A folder that looks like a course, the code of which leaves a mark, and answers that are right."""
    make_course(folder)
    for path in folder.rglob("*.py"):
        path.write_text(place.hostile + path.read_text())
    (folder / ".grader-secret").write_text("0" * 32)
    cache = folder / ".grader-cache"
    cache.mkdir()
    (cache / "tiny-0.known").write_bytes(b"l\xff\xff\xff\x7f")
    (folder / "answers.ipynb").write_text(json.dumps(notebook({"both": RIGHT})))
    return folder


@pytest.mark.parametrize(
    ("arguments", "below"),
    [
        (("check", "ann"), ""),
        (("grade", ".", "--assignment", "tiny", "--out", "../o"), "ann"),
        *(
            pytest.param(*each, marks=slow)
            for each in [
                (("check", "ann/answers.ipynb"), ""),
                (("check", "."), "ann"),
                (("check", "../ann"), "ann"),
                (("check", "answers.ipynb"), "ann"),
                (("explain", "ann", "halve"), ""),
                (("check", ".."), "ann/assignments"),
                (("check", "../answers.ipynb"), "ann/reference"),
                (("explain", "answers.ipynb", "halve"), "ann"),
                (("grade", "ann", "--assignment", "tiny", "--out", "o"), ""),
                (("grade", ".", "--assignment", "tiny", "--out", "o"), ""),
            ]
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value or "here",
)
def test_a_submission_that_looks_like_a_course_is_none(
    arguments: tuple[str, ...], below: str, place: Place, submissions: Path
) -> None:
    hostile_course(place, submissions / "ann")
    done = place.run(*arguments, cwd=submissions / below)
    assert not place.mark.exists(), place.mark.read_text()
    assert done.returncode in (2, 3), done.stdout
    assert "course" in done.stderr


def test_two_students_folders_do_not_make_a_course_together(place: Place, submissions: Path) -> None:
    hostile_course(place, submissions)
    done = place.run("grade", ".", "--assignment", "tiny", "--out", "../o", cwd=submissions)
    assert (done.returncode, place.mark.exists()) == (2, False)


def test_a_notebooks_own_folder_is_no_course(place: Place, submissions: Path) -> None:
    ann = hostile_course(place, submissions / "ann")
    code = f"from grader import check\n{RIGHT}\nprint(check('halve'))\n"
    command = [*place.command()[:-2], "-c", code]
    variables = place.all_variables()
    done = subprocess.run(command, cwd=ann, env=variables, capture_output=True, text=True, check=False)
    assert not place.mark.exists()
    assert "no .cases file was found" in done.stdout


@pytest.mark.slow
def test_the_course_around_the_current_folder_is_used_and_a_named_one_before_it(
    place: Place, submissions: Path
) -> None:
    course = place.folder / "course"
    inner = course / "handed_in"
    inner.mkdir(mode=0o777)
    ann = hostile_course(place, inner / "ann")
    found = place.run("check", "ann", cwd=inner)
    assert found.returncode == 0, found.stderr
    place.environment = {"GRADER_COURSE": str(course)}
    named = place.run("check", ".", cwd=ann)
    assert named.returncode == 0, named.stderr
    assert not place.mark.exists()
    place.environment = {"GRADER_COURSE": str(submissions)}
    assert "GRADER_COURSE" in place.run("check", ".", cwd=ann).stderr


@pytest.mark.slow
def test_nothing_beside_its_two_packages_is_imported_from_a_course(place: Place, submissions: Path) -> None:
    course = place.folder / "course"
    for name in ("msgspec", "numpy", "junitparser", "helpers", "socket"):
        (course / f"{name}.py").write_text(place.hostile)
    rubric = course / "assignments" / "tiny" / "rubric.py"
    rubric.write_text("import socket\n" + rubric.read_text())
    (submissions / "ann.py").write_text(RIGHT)
    assert grade(place, submissions).returncode == 0
    assert not place.mark.exists()
