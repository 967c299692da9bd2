"""What is in a wheel and in a source distribution. ``make wheel`` installs them, in a fresh environment."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import grader
from grader.reporting.pages.page import template_folder

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix()
    for path in (ROOT / "templates").rglob("*")
    if path.is_file()
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and a source distribution of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    """Names of the files in the wheel."""
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def below(folder: str, names: set[str]) -> set[str]:
    """The names below ``folder``, relative to it."""
    return {name.removeprefix(folder) for name in names if name.startswith(folder)}


def test_a_wheel_brings_one_top_level_package(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}

    assert tops == {"grader", f"gradient_grader-{grader.__version__}.dist-info"}


def test_a_wheel_has_the_templates_inside_the_package(wheel: set[str]) -> None:
    assert below("grader/templates/", wheel) == TEMPLATES


def test_a_wheel_has_every_module_and_no_caches(wheel: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "grader").rglob("*.py")}

    assert {name for name in wheel if name.endswith(".py")} == modules
    assert not [name for name in wheel if "__pycache__" in name]


def test_a_source_distribution_has_the_templates(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = set(archive.getnames())

    assert below(f"gradient_grader-{grader.__version__}/templates/", names) >= TEMPLATES


def test_a_folder_called_templates_elsewhere_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "__init__.py").write_text("")
    (tmp_path / "templates" / "student.html").write_text("another page")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    template_folder.cache_clear()

    assert template_folder() == ROOT / "templates"
