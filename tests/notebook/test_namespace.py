"""Where ``check`` finds the answers, and what Python it needs, each in an interpreter of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import CourseAssignment, write_bundle

WRONG = "def affine_forward(x, w, b):\n    return x.reshape(len(x), -1) @ w, (x, w, b)\n"
MISSING_IN_A_BROWSER = ("resource", "fcntl", "multiprocessing")


@pytest.fixture
def folder(tmp_path: Path, assignment: CourseAssignment) -> Path:
    """A folder with the public cases in it."""
    (tmp_path / "two_layer_net.cases").write_bytes(write_bundle(assignment))
    return tmp_path


def output(code: str, folder: Path) -> str:
    """Standard output of a program that is run in ``folder``; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_check_loads_no_module_that_a_browser_has_not(folder: Path) -> None:
    code = (
        "import sys, numpy\n"
        "before = set(sys.modules)\n"
        f"from grader import check\n{WRONG}"
        "print(check('affine_forward'))\n"
        "print('loaded:', *(set(sys.modules) - before))\n"
    )

    card, _, loaded = output(code, folder).rpartition("loaded: ")

    assert "affine_forward: not right yet" in card
    assert "grader.diagnosis.patterns" in loaded.split()
    assert not set(MISSING_IN_A_BROWSER) & set(loaded.split())


def test_a_check_works_where_these_modules_are_missing(folder: Path) -> None:
    code = (
        "import sys, numpy\n"
        f"sys.modules.update(dict.fromkeys({MISSING_IN_A_BROWSER}))\n"
        f"from grader import check\n{WRONG}"
        "print(check('affine_forward'))\n"
    )

    assert "affine_forward: not right yet" in output(code, folder)


def test_under_ipython_its_own_interface_is_asked(folder: Path) -> None:
    # No frame of a caller: a cell that calls a function of a module, which calls `check`, is the same to it.
    code = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        f"shell.run_cell({WRONG!r})\n"
        "frame = sys._getframe\n"
        "def refuse(depth=0):\n"
        "    assert not frame(1).f_globals['__name__'].startswith('grader'), 'a frame was asked for'\n"
        "    return frame(depth + 1)\n"
        "sys._getframe = refuse\n"
        "from grader import check\n"
        "print(check('affine_forward'))\n"
    )

    assert "affine_forward: not right yet" in output(code, folder)


def test_where_ipython_is_only_installed_the_caller_is_asked(folder: Path) -> None:
    code = f"import IPython\nfrom grader import check\n{WRONG}print(check('affine_forward'))\n"

    assert "affine_forward: not right yet" in output(code, folder)
