"""No name, no archive and no fault of the grader's own costs a class its grades."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli import app, outputs, runs
from grader.grading import stream as streams
from grader.grading.class_worker import Grader, Job
from grader.grading.executors import Finished, WorkersError
from grader.intake import OUTPUT_MARK
from tests.attacks.doors.conftest import Place, grade
from tests.attacks.doors.test_code_that_runs import scores
from tests.attacks.doors.tiny import FULL, RIGHT

OURS = (
    "index.html",
    "grades.csv",
    runs.RECORD,
    OUTPUT_MARK,
    outputs.STUDENTS,
    outputs.REPORT,
    outputs.PAGE,
    outputs.DIGEST,
)
"""Every name that is written to an output folder."""


def forms(name: str) -> set[str]:
    """A name in every case and Unicode form, with what has been put behind it while a file is written."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    spelled = {name, name.upper(), name.title(), wide, unicodedata.normalize("NFD", name)}
    return {form + ending for form in spelled for ending in ("", ".partial", ".")}


@pytest.mark.slow
def test_what_is_ours_and_what_is_theirs_does_not_meet(place: Place, submissions: Path) -> None:
    names = {form.lstrip(".") for name in OURS for form in forms(name)} | {"..", "...", "con", "NUL.txt"}
    for name in names:
        (submissions / f"{name}.py").write_text(RIGHT)
    (submissions / "ann\u202etxt").mkdir()
    (submissions / "ann\u202etxt" / "a.py").write_text(RIGHT)
    (submissions / "ann\u202etxt.py").write_text(RIGHT)
    done = grade(place, submissions)
    assert done.returncode == 0, done.stderr
    found = scores(place.folder / "grades")
    expected = [entry for entry in submissions.iterdir() if not entry.name.startswith(".")]
    assert len(found) == len(expected)
    assert set(found.values()) == {FULL}
    assert not [name for name in found if any(unicodedata.category(c) in ("Cf", "Cc") for c in name)]
    top = {entry.name for entry in (place.folder / "grades").iterdir()}
    assert top == {"index.html", "grades.csv", "run.json", OUTPUT_MARK, "students"}
    folders = os.listdir(place.folder / "grades" / "students")
    keys = {unicodedata.normalize("NFKC", name).casefold() for name in folders}
    assert len(keys) == len(found)


@pytest.mark.slow
def test_output_folders_are_no_submissions(place: Place, submissions: Path) -> None:
    for name in ("ann", "bob"):
        (submissions / f"{name}.py").write_text(RIGHT)
    inside = submissions / "grades"
    for out in (inside, submissions / "again", inside):
        done = grade(place, submissions, "--out", out)
        assert done.returncode == 0, done.stderr
        assert scores(out) == {"ann": FULL, "bob": FULL}
    assert "Not graded: again, which is a folder that the grader wrote" in done.stdout
    for refused in (submissions, submissions / ".", submissions / "eve" / "grades"):
        (submissions / "eve").mkdir(exist_ok=True)
        done = grade(place, submissions, "--out", refused)
        assert done.returncode == 2, done.stdout
    link = place.folder / "link"
    link.symlink_to(submissions)
    assert grade(place, submissions, "--out", link).returncode == 2


def archive(path: Path, files: dict[str, bytes]) -> Path:
    """A zip or a gzipped tar of files."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in files.items():
                made.writestr(name, data)
        return path
    with tarfile.open(path, "w:gz", compresslevel=1) as made_tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made_tar.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", ["class.zip", "class.tar.gz"])
def test_one_students_heap_is_one_students(name: str, place: Place) -> None:
    files = {f"eve/{number}.py": b"" for number in range(20_001)}
    files |= {
        "ann/answers.py": RIGHT.encode(),
        "zoe/answers.py": RIGHT.encode(),
        "bob/data.bin": bytes(30 << 20),
    }
    files |= {"bob/answers.py": RIGHT.encode()}
    done = grade(place, archive(place.folder / name, files))
    assert done.returncode == 0, done.stderr
    assert scores(place.folder / "grades") == {"ann": FULL, "bob": FULL, "eve": None, "zoe": FULL}


@pytest.mark.parametrize("name", ["class.zip", "class.tar.gz"])
def test_a_class_that_cannot_be_read_is_nobodys_zero(name: str, place: Place) -> None:
    path = archive(
        place.folder / name, {f"{student}/a.py": RIGHT.encode() * 50 for student in ("ann", "bob")}
    )
    data = path.read_bytes()
    fixed = ["grade", str(path), "--assignment", "tiny", "--course", str(place.folder / "course")]
    for broken in (data[: len(data) // 2], b"", b"\0" * 2000, b"%PDF-1.4", data[:40] + b"?" * len(data)):
        path.write_bytes(broken)
        done = CliRunner().invoke(app, [*fixed, "--out", str(place.folder / "grades")])
        assert done.exit_code == 3, (broken[:10], done.output)
        assert name in done.output
        assert not (place.folder / "grades" / "grades.csv").exists()


# ------------------------------------------------------------------------------------------ our own faults


def test_workers_that_cannot_start_blame_nobody(place: Place, submissions: Path) -> None:
    for student in ("ann", "bob"):
        (submissions / f"{student}.py").write_text(RIGHT)
    code = "import subprocess, grader.grading.executors.local as local\n"
    code += "def no(*a, **k): raise OSError(11, 'Resource temporarily unavailable')\n"
    code += "local._launch = no\n"
    command = place.command()
    command[command.index("-c") + 1] = code + command[command.index("-c") + 1]
    fixed = ["grade", "submissions", "--assignment", "tiny", "--out", "grades", "--course", "course"]
    done = subprocess.run(
        [*command, *fixed],
        cwd=place.folder,
        env=place.all_variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "workers cannot start: Resource temporarily unavailable" in done.stderr
    assert scores(place.folder / "grades") == {}


def job(place: Place) -> Job:
    return Job(str(place.folder / "course"), "tiny", 7)


def test_a_worker_that_dies_at_its_start_ends_the_run_with_the_reason(place: Place) -> None:
    unknown = Job(str(place.folder / "course"), "no such assignment", 7)
    with pytest.raises(WorkersError, match=r"cannot start.*no such assignment"):
        list(streams.stream([(place.folder / "a.py", "a")], unknown, 1))


def test_a_worker_that_is_killed_costs_nobody_anything(place: Place, submissions: Path) -> None:
    jobs = []
    for number in range(5):
        (submissions / f"s{number}.py").write_text(RIGHT)
        jobs.append((submissions / f"s{number}.py", f"s{number}"))
    found = {}
    for report in streams.stream(jobs, job(place), 1):
        found[report.submission.id] = report.score
        if len(found) in (1, 3):
            for pid in workers_of(os.getpid()):
                os.kill(pid, signal.SIGKILL)
    assert found == {f"s{number}": FULL for number in range(5)}


def workers_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"_worker" in Path(f"/proc/{child}/cmdline").read_bytes()]


class DyingExecutor:
    """An executor without processes: says that a worker dies of the tasks that are named deadly."""

    def __init__(self, *deadly: object) -> None:
        self.deadly = deadly

    def __call__(self, size: int, module: str, job: object) -> DyingExecutor:
        return self

    def __enter__(self) -> DyingExecutor:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def run(self, tasks: Sequence[object]) -> Iterator[Finished]:
        """No task is done."""
        for task in tasks:
            yield Finished(task, None if task in self.deadly else (b"" if task is None else b"fine",))


def test_a_submission_is_blamed_between_two_controls(place: Place) -> None:
    start = DyingExecutor(["eve.py", "eve"])
    jobs = [(Path("eve.py"), "eve"), (Path("ann.py"), "ann")]
    found = dict(streams.results(jobs, job(place), 1, "m", start))
    assert found["ann"] == (b"fine",)
    blamed = found["eve"]
    assert not isinstance(blamed, tuple)
    assert {question.status for question in blamed.questions} == {"crashed"}
    assert blamed.score == 0


def test_nobody_is_blamed_where_a_control_dies_too(place: Place) -> None:
    start = DyingExecutor(["eve.py", "eve"], None)
    with pytest.raises(WorkersError, match="right submission too"):
        dict(streams.results([(Path("eve.py"), "eve")], job(place), 1, "m", start))


def test_a_course_of_classes_alone_has_a_control_too(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Grader(job(place))
    for question in worker.assignment.questions:
        monkeypatch.setattr(question, "definition", f"Net.{question.name}")
    assert worker.control(lambda seconds: None) == ""
    worker.sandbox.close()


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
def test_workers_end_with_the_grader_whatever_they_do(place: Place, submissions: Path) -> None:
    (submissions / "a.py").write_text(RIGHT)
    code = f"import os, signal, sys\nsys.path.insert(0, {str(Path(__file__).parents[3])!r})\n"
    code += "from grader.grading.executors.local import LocalExecutor\n"
    code += "with LocalExecutor(1, 'tests.attacks.doors.stuck', None) as executor:\n"
    code += "    next(executor.run([1]), None)\n"
    environment = {**place.all_variables(), "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    stuck = int(process.stderr.readline())
    handle = os.pidfd_open(stuck)
    process.kill()
    process.communicate()
    with open(handle, "rb", buffering=0) as file:
        import select

        assert select.select([file], [], [], 10)[0], "the worker goes on"
