"""Installed as people install it: ``make wheel``. Needs a package index, for the libraries and the build.

One fresh environment, outside the checkout, with the declared dependencies and nothing else; in it the built
wheel, then the source distribution, then an editable install of the checkout.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from grader.course import load_assignment, write_bundle
from tests.attacks.doors.tiny import FULL, NAME, RIGHT, make_course
from tests.ordinary import ROOT

Done = subprocess.CompletedProcess[str]


class Installation:
    """An environment with the grader in it, and a folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "venv" / "bin"
        venv.create(folder / "venv", with_pip=True)

    def pip(self, *arguments: object) -> None:
        """Run pip in the environment."""
        self.run("python", "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)

    def run(self, program: str, *arguments: object, **variables: str) -> Done:
        """Run a program of the environment, in the folder and with no path but its own; it must succeed."""
        outer = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GRADER_"))}
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            cwd=self.folder,
            env={**outer, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The built wheel with its dependencies; and a class of one submission of a small course."""
    installation = Installation(tmp_path_factory.mktemp("installed"))
    folder = installation.folder
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    installation.pip("install", *(folder / "dist").glob("*.whl"))
    course = make_course(folder / "course")
    (folder / "submissions").mkdir()
    (folder / "submissions" / "ann.py").write_text(RIGHT)
    (folder / "tiny.cases").write_bytes(write_bundle(load_assignment(course, NAME)))
    return installation


@pytest.fixture(scope="module", params=["wheel", "sdist", "editable"])
def installed(request: pytest.FixtureRequest, environment: Installation) -> Installation:
    """The environment with the grader installed in one of three ways."""
    dist = environment.folder / "dist"
    targets: dict[str, list[object]] = {
        "wheel": list(dist.glob("*.whl")),
        "sdist": list(dist.glob("*.tar.gz")),
        "editable": ["--editable", ROOT],
    }
    environment.pip("install", "--no-deps", "--force-reinstall", *targets[request.param])
    where = environment.run("python", "-c", "import grader; print(grader.__file__)").stdout
    home = ROOT if request.param == "editable" else environment.folder
    assert Path(where.strip()).is_relative_to(home), where
    return environment


def test_the_command_line_shows_its_help(installed: Installation) -> None:
    assert "verify" in installed.run("grader", "--help").stdout


def test_a_class_is_graded_with_pages(installed: Installation) -> None:
    out = installed.folder / "grades"
    named = ("--assignment", NAME, "--course", "course", "--seed", 7, "--accept", "limited", "--out", out)
    installed.run("grader", "grade", "submissions", *named)

    page = (out / "students" / "ann" / "feedback.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader((out / "grades.csv").read_text(encoding="utf-8").splitlines()))
    assert [float(row["score"]) for row in rows] == [FULL]
    assert page.startswith("<!doctype html>")
    assert "color: light-dark(" in page
    assert "halve" in page


def test_an_answer_is_checked_in_a_notebook(installed: Installation) -> None:
    code = f"from grader import check\n{RIGHT}\nprint(check('halve'))"

    assert "✓ halve" in installed.run("python", "-c", code).stdout
