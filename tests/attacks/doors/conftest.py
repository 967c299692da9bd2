"""Commands run as people run them: in any folder, as root or not, from a checkout or installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.doors.tiny import make_course
from tests.ordinary import ROOT, prefix

Done = subprocess.CompletedProcess[str]
START = "from grader.cli import main; main()"


@dataclass
class Place:
    """A folder that every user may write to, the commands that are run in it, and what they left."""

    folder: Path
    python: str = sys.executable
    user: str = ""
    """Whom to run as: root, user, or whoever runs the tests."""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> Path:
        """What hostile code makes, if it is run where it can make anything."""
        return self.folder / "HOSTILE"

    @property
    def hostile(self) -> str:
        """Code that leaves the mark, unless it runs in a child, which cannot make files."""
        return f"open({str(self.mark)!r}, 'a').write(__name__ + '\\n')\n"

    def command(self, *arguments: object) -> list[str]:
        # As the script that pip writes: -P, for the folder of a script is its own and not the current one.
        start = [self.python, "-P", "-c", START]
        return [*(prefix(self.user) if self.user else []), *start, *map(str, arguments)]

    def run(
        self, *arguments: object, cwd: Path | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the grader's to its end."""
        found: subprocess.CompletedProcess[str] = subprocess.run(
            self.command(*arguments),
            cwd=cwd or self.folder,
            env=self.all_variables(),
            text=True,
            check=False,
            **{"capture_output": True, "timeout": 120, **more},
        )
        return found

    def start(self, *arguments: object, **more: Any) -> subprocess.Popen[str]:
        """Start a command of the grader's."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.all_variables(),
            text=True,
            **{**streams, **more},
        )

    def all_variables(self) -> dict[str, str]:
        outer = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "GITHUB_", "PYTHON"))}
        return {**outer, "PYTHONDONTWRITEBYTECODE": "1", **self.environment}


@pytest.fixture
def place() -> Iterator[Place]:
    """A new folder, in which a course of one assignment lies and nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="grader-doors-"))
    folder.chmod(0o777)
    make_course(folder / "course")
    yield Place(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def submissions(place: Place) -> Path:
    """The folder of a class's submissions."""
    folder = place.folder / "submissions"
    folder.mkdir(mode=0o777)
    return folder


@pytest.fixture(scope="session")
def installed() -> Iterator[str]:
    """An interpreter that has the package of the wheel, and no checkout: laid out as pip does."""
    folder = Path(tempfile.mkdtemp(prefix="grader-wheel-"))
    folder.chmod(0o755)
    venv.create(folder / "venv", with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "venv" / "lib" / version / "site-packages"
    shutil.copytree(ROOT / "grader", packages / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", packages / "grader" / "templates")
    # What the grader needs is where this interpreter has it. The .pth files there, the checkout's among them,
    # are not read.
    (packages / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    yield str(folder / "venv" / "bin" / "python")
    shutil.rmtree(folder)


def grade(place: Place, submissions: Path, *more: object) -> Done:
    """Grade a class with one worker; the output folder is ``grades``."""
    fixed = ("--assignment", "tiny", "--seed", 7, "--workers", 1)
    named = ("--out", place.folder / "grades", "--course", place.folder / "course")
    return place.run("grade", submissions, *fixed, *named, *more)
