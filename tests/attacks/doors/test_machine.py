"""What a machine does to a run, pauses, signals, closed streams, odd outputs, costs nobody points."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

from grader.cli import runs
from grader.model import Case, Chunk, Input, Load, Ref, Step, from_json
from grader.sandbox import Limits, Sandbox
from tests.attacks.doors.conftest import Place, grade
from tests.attacks.doors.test_code_that_runs import scores
from tests.attacks.doors.tiny import FULL, RIGHT

slow = pytest.mark.slow
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc as Linux has them")
SLOW = RIGHT.replace("return x / 2", "sum(range(9_000_000))\n    return x / 2")
"""Right, and at work for a good part of a second a case."""


def case(name: str, deadline: float = 1.0) -> Case:
    import numpy as np

    step, x = Step("call", name, None, (Input(0),)), np.ones(3)
    return Case(name, "", 0, False, 7, (x,), ("x",), (step,), (Ref(0),), (), (), deadline=deadline)


def load(source: str) -> Load:
    return Load((Chunk("cell 1", source, tuple(range(source.count("def ")))),))


BUSY = "def f(x):\n    for _ in range(3_000_000): pass\n    return x\ndef g(x):\n    return x\n"


def test_an_answer_that_came_while_the_grader_was_stopped_is_taken(sandbox: Sandbox) -> None:
    slow = "def f(x):\n    for _ in range(12_000_000): pass\n    return x\n"
    stop = f"import os, time; os.kill({os.getpid()}, 19); time.sleep(3); os.kill({os.getpid()}, 18)"
    with sandbox.open(load(slow), Limits()) as session:
        stopping = subprocess.Popen([sys.executable, "-S", "-c", stop])
        started = time.monotonic()
        (result,) = session.run([case("f", deadline=2.5)])
        taken = time.monotonic() - started
        stopping.wait()
    assert taken > 2.5, "it was not stopped while it waited"
    assert not result.failures


def test_a_child_that_was_stopped_is_asked_again(sandbox: Sandbox) -> None:
    with sandbox.open(load(BUSY), Limits()) as session:
        assert session._child is not None
        os.kill(session._child.pid, signal.SIGSTOP)
        (result,) = session.run([case("f")])
    assert not result.failures


@pytest.mark.parametrize(
    "name", ["SIGTERM", "SIGINT", *(pytest.param(n, marks=slow) for n in ("SIGHUP", "SIGUSR1", "SIGKILL"))]
)
def test_a_signal_to_a_child_costs_its_student_nothing(
    name: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = signal.Signals[name]
    with sandbox.open(load(BUSY), Limits()) as session:
        assert session._child is not None
        life, ask = session._child, session._child.ask
        waiting = [number]

        def asked(request: bytes) -> int:
            sent: int = ask(request)
            if waiting:  # once, and of this child only
                os.kill(life.pid, waiting.pop())
            return sent

        monkeypatch.setattr(life, "ask", asked)
        (result,) = session.run([case("f")])
    assert not result.failures


def test_who_sleeps_is_late_all_the_same(sandbox: Sandbox) -> None:
    sleeper = load("def f(x):\n    import time\n    time.sleep(60)\n")
    with sandbox.open(sleeper, Limits(case=0.2)) as session:
        started = time.monotonic()
        (result,) = session.run([case("f")])
    assert result.failures[0].kind == "timeout"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("name", [pytest.param(n, marks=slow) for n in ("SIGTERM", "SIGHUP", "SIGINT")])
def test_a_run_that_is_ended_keeps_what_is_finished(name: str, place: Place, submissions: Path) -> None:
    number = signal.Signals[name]
    (submissions / "a.py").write_text(RIGHT)
    for other in "bcdefgh":
        (submissions / f"{other}.py").write_text("def halve(x):\n    while True: pass\n")
    process = place.start(*arguments(place), "--workers", 1)
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(number)
    said, errors = process.communicate(timeout=60)
    assert first.startswith("Graded")
    assert process.returncode == 128 + number
    assert "Interrupted" in said
    assert "--resume" in said
    assert scores(place.folder / "grades")["a"] == FULL
    assert (place.folder / "grades" / "index.html").is_file()
    assert "Traceback" not in errors + said


def arguments(place: Place, *more: object) -> list[object]:
    fixed = ["grade", "submissions", "--assignment", "tiny", "--seed", 7, "--out", "grades"]
    return [*fixed, "--course", place.folder / "course", *more]


@pytest.mark.parametrize(
    ("stream", "how"),
    [
        *(pytest.param("stderr", how, marks=slow) for how in ("broken", "closed", "full")),
        *(pytest.param("stdout", how, marks=slow) for how in ("broken", "closed", "full")),
    ],
)
def test_a_stream_that_nobody_reads_ends_no_run(
    stream: str, how: str, place: Place, submissions: Path
) -> None:
    for name in "abc":
        (submissions / f"{name}.py").write_text(RIGHT)
    shell = ["sh", "-c", f'exec "$@" {1 if stream == "stdout" else 2}>&-', "sh"] if how == "closed" else []
    command = [*shell, *place.command(*arguments(place, "--workers", 2))]
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if how == "broken":
        end, streams[stream] = os.pipe()
        os.close(end)  # whoever writes is told that nobody reads
    elif how == "full":
        streams[stream] = os.open("/dev/full", os.O_WRONLY)
    done = subprocess.run(
        command, cwd=place.folder, env=place.all_variables(), check=False, timeout=120, **streams
    )
    if streams[stream] != subprocess.PIPE:
        os.close(streams[stream])
    assert done.returncode == 0, done
    assert list(scores(place.folder / "grades").values()) == [FULL] * 3


@pytest.mark.slow
def test_what_is_no_regular_file_is_written_into(place: Place, submissions: Path) -> None:
    (submissions / "a.py").write_text(RIGHT)
    link, target, pipe = place.folder / "link.xml", place.folder / "target.xml", place.folder / "pipe"
    target.write_text("old")
    link.symlink_to(target)
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    check = ("check", "submissions/a.py", "--assignment", "tiny", "--course", "course")
    done = place.run(*check, "--junit", "/dev/stdout", "--html", link, "--json", pipe)
    assert done.returncode == 0, done.stderr
    assert "<testsuite" in done.stdout
    assert link.is_symlink()
    assert "<!doctype html>" in target.read_text().lower()
    assert from_json(reader.communicate(timeout=10)[0]).score == FULL
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    full = place.run(*check, "--html", "/dev/full")
    assert full.returncode == 3
    assert "/dev/full" in full.stderr
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    assert stat.S_ISCHR(os.stat("/dev/stdout").st_mode) or os.path.exists("/dev/stdout")


@pytest.mark.parametrize(
    ("option", "amount"),
    [
        pytest.param("-v", 300 << 10, marks=slow),
        *(pytest.param(*p, marks=slow) for p in (("-v", 1500 << 10), ("-t", 3))),
    ],
)
def test_a_limit_of_the_shell_is_told_by_its_name(
    option: str, amount: int, place: Place, submissions: Path
) -> None:
    (submissions / "a.py").write_text(RIGHT)
    shell = ["sh", "-c", f'ulimit {option} {amount}; exec "$@"', "sh"]
    command = [*shell, *place.command(*arguments(place, "--workers", 1))]
    done = subprocess.run(
        command, cwd=place.folder, env=place.all_variables(), check=False, capture_output=True, text=True
    )
    assert done.returncode in (0, 3), done
    assert done.returncode == 0 or f"ulimit {option}" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


@slow
def test_a_full_disk_names_the_file_and_the_way_on(place: Place, submissions: Path) -> None:
    for name in "ab":
        (submissions / f"{name}.py").write_text(RIGHT)
    # As a disk that fills up: files of this process and its children may have so many bytes and no more.
    code = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); "
    command = place.command(*arguments(place, "--workers", 1))
    command[command.index("-c") + 1] = code + command[command.index("-c") + 1]
    done = subprocess.run(
        command, cwd=place.folder, env=place.all_variables(), check=False, capture_output=True, text=True
    )
    assert done.returncode == 3
    assert "grades/" in done.stderr
    assert "--resume" in done.stderr
    assert not list(place.folder.rglob("*.tmp"))
    resumed = place.run(*arguments(place, "--resume"))
    assert resumed.returncode == 0, resumed.stderr
    assert scores(place.folder / "grades") == {"a": FULL, "b": FULL}


@pytest.mark.parametrize("text", ["[" * 300_000, "{", "[]", "\0", '{"a": ' * 100_000, "9" * 10_000_000])
def test_a_record_of_brackets_is_refused_in_a_sentence(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run.json").write_text(text)
    with pytest.raises(typer.Exit) as ended:
        runs.finished_reports(tmp_path, runs.Run("tiny", "1.0", "", 7, "sealed"), [], ())
    assert ended.value.exit_code == 2
    assert "run.json is no record of a run" in capsys.readouterr().err


@slow
def test_a_report_that_is_not_the_one_that_was_written_is_not_believed(
    place: Place, submissions: Path
) -> None:
    for name in ("ann", "bob"):
        (submissions / f"{name}.py").write_text("def halve(x):\n    return x\n")
    assert grade(place, submissions).returncode == 0
    folder = place.folder / "grades" / "students"
    report = json.loads((folder / "ann" / "report.json").read_text())
    report["score"] = 5.0
    (folder / "ann" / "report.json").write_text(json.dumps(report))
    for path in (folder / "ann").iterdir():  # and another's is not one's own
        (folder / "bob" / path.name).write_bytes(path.read_bytes())
    done = grade(place, submissions, "--resume")
    assert "0 of 2 reports hold still" in done.stdout
    assert scores(place.folder / "grades") == {"ann": 0.0, "bob": 0.0}


@slow
def test_a_killed_tree_leaves_no_semaphores(place: Place, submissions: Path) -> None:
    (submissions / "a.py").write_text(RIGHT)
    for name in "bcd":
        (submissions / f"{name}.py").write_text("def halve(x):\n    while True: pass\n")
    before = set(os.listdir("/dev/shm"))
    process = place.start(*arguments(place, "--workers", 2), start_new_session=True)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Graded")
    for pid in [*descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert {name for name in set(os.listdir("/dev/shm")) - before if name.startswith("sem.")} == set()


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop()
        with contextlib.suppress(OSError):
            listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
            found += map(int, listed)
            waiting += map(int, listed)
    return found
