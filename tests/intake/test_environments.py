"""Environments and installed packages: known by what they are, left out and named once, wherever they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.intake import find_submissions, read_submission
from grader.intake.environments import Environments
from grader.model.reasons import LeftOut, Unreadable
from tests.intake.archives import CODE, put, tarred, zipped

ROOTS = ("f",)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("hw/env/lib/python3.11/site-packages/p/m.py", "hw/env"),
        ("hw/env/Lib/site-packages/p/m.py", "hw/env"),
        ("lib/python3.11/os.py", "lib"),
        ("a/node_modules/b/c.py", "a/node_modules"),
        ("a/venv/x.py", "a/venv"),
        ("packages/site-packages/m.py", "packages/site-packages"),
        ("hw/lib/layers.py", None),
        ("hw/python3/layers.py", None),
        ("hw/environment.py", None),
        ("site-packages.py", None),
    ],
)
def test_packages_are_known_by_their_folders(name: str, folder: str | None) -> None:
    found = Environments().folder_of(name)
    assert (found[0] if found is not None else None) == folder


def test_an_environment_made_in_the_folder_of_the_answers_leaves_them_there(tmp_path: Path) -> None:
    files = {
        "pyvenv.cfg": b"home = /usr",
        "bin/activate_this.py": b"raise SystemExit",
        "Scripts/x.py": b"raise SystemExit",
        "layers.py": CODE,
        "mine/more.py": b"y = 1\n",
    }
    for name, data in files.items():
        put(tmp_path / "ann" / name, data)
    packed = put(tmp_path / "packed" / "ann.zip", zipped(files))
    for path in (tmp_path / "ann", packed):
        names = {module.name for module in read_submission(path, ROOTS).modules}
        assert {"layers", "mine.more"} <= names
        assert not {"activate_this", "x"} & names


def test_a_conda_environment_is_known_by_its_mark_in_a_class_too(tmp_path: Path) -> None:
    files = {
        "ann/hw.py": CODE,
        "ann/my/Lib/os.py": b"raise SystemExit",
        "ann/my/conda-meta/history": b"",
        "bob/hw.py": CODE,
    }
    place = put(tmp_path / "class.zip", zipped(files))
    ann, bob = (read_submission(path, ROOTS) for path in find_submissions(place))
    assert "SystemExit" not in str(ann.modules)
    assert LeftOut("my", "environment") in ann.notes
    assert bob.notes == ()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_what_is_left_out_is_not_counted(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("archive", "zips", "tars", "files"):
        monkeypatch.setattr(f"grader.intake.{module}.MAX_ENTRIES", 20)
    files = {f"hw/env/lib/python3.12/site-packages/m{n}.py": b"x = 1" for n in range(60)}
    files |= {f"hw/.git/objects/{n}": b"" for n in range(60)}
    files |= {f"__MACOSX/hw/._{n}.py": b"" for n in range(60)}
    files["hw/hw.py"] = CODE
    data = zipped(files) if kind == "zip" else tarred(files, "w:gz" if "gz" in kind else "w")
    submission = read_submission(put(tmp_path / f"ann.{kind}", data), ROOTS)
    assert "def f" in str(submission.modules) + str(submission.cells)
    assert submission.notes == (LeftOut("hw/env", "environment"),)

    more = zipped(files | {f"hw/data/{n}.bin": b"" for n in range(30)})
    problem = read_submission(put(tmp_path / "bob.zip", more), ROOTS).problem
    assert isinstance(problem, Unreadable)
    assert "more than 20 files" in problem.reason


@pytest.mark.slow
def test_a_zip_of_an_environment_of_forty_thousand_files_is_read(tmp_path: Path) -> None:
    files = {f"hw/env/lib/python3.12/site-packages/package/m{n}.py": b"" for n in range(40_000)}
    data = zipped({**files, "hw/hw.py": CODE}, compression=0)
    submission = read_submission(put(tmp_path / "ann.zip", data), ROOTS)
    assert "def f" in str(submission.modules) + str(submission.cells)
