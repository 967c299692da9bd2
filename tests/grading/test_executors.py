"""The local executor: which worker died, and of which task, is always known."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.grading.executors import STOP_SIGNALS, Work, WorkersError, frames, local
from grader.grading.executors.local import LocalExecutor, environment


def prepare(job: Any) -> Work:
    """What the workers of these tests do."""
    if job == "fails":
        raise RuntimeError("no such job")
    if job == "dies":
        os._exit(3)

    def work(task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        if task == "die":
            os._exit(1)
        if task == "raise":
            raise ValueError("of the task")
        if task == "stall":
            set_deadline(0.3)
            time.sleep(60)
        if task == "signals":
            for number in STOP_SIGNALS:
                os.kill(os.getpid(), number)
        if task == "paths":
            return (repr(sys.path).encode(), str(os.getpid()).encode())
        return (f"{job}:{task}".encode(), b"x" * int(task) if str(task).isdigit() else b"")

    return work


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))


def opened(size: int = 1, job: Any = "job") -> LocalExecutor:
    return LocalExecutor(size, "tests.grading.test_executors", job)


def test_each_task_comes_back_whatever_it_weighs() -> None:
    with opened(2) as workers:
        found = {done.task: done.parts for done in workers.run([0, 1, 3_000_000, 7])}
    assert {task: parts and (parts[0], len(parts[1])) for task, parts in found.items()} == {
        0: (b"job:0", 0),
        1: (b"job:1", 1),
        3_000_000: (b"job:3000000", 3_000_000),
        7: (b"job:7", 7),
    }


@pytest.mark.parametrize("deadly", ["die", "stall", pytest.param("raise", marks=pytest.mark.slow)])
def test_a_worker_that_ends_costs_its_own_task_and_no_other(deadly: str) -> None:
    with opened() as workers:
        found = [(done.task, done.parts is None) for done in workers.run(["a", deadly, "b"])]
    assert found == [("a", False), (deadly, True), ("b", False)]


@pytest.mark.parametrize(("job", "reason"), [("fails", "RuntimeError: no such job"), ("dies", "status 3")])
def test_workers_that_never_become_ready_say_why(job: str, reason: str) -> None:
    with opened(job=job) as workers, pytest.raises(WorkersError, match=f"cannot start: .*{reason}"):
        list(workers.run(["a"]))


def test_what_asks_a_run_to_end_is_not_for_workers() -> None:
    with opened() as workers:
        ((_, parts),) = [(done.task, done.parts) for done in workers.run(["signals"])]
    assert parts is not None


def test_nobody_is_left_when_a_run_is_left_early() -> None:
    with opened(2) as workers:
        run = workers.run(["paths", "stall", "stall"])
        first = next(run)
        pids = [each.process.pid for each in workers._workers]
    assert first.parts is not None
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_the_current_folder_is_on_no_workers_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(["", ".", str(Path(__file__).resolve().parents[2]), "x"])
    )
    with opened() as workers:
        ((_, parts),) = [(done.task, done.parts) for done in workers.run(["paths"])]
    assert parts is not None
    assert str(tmp_path).encode() not in parts[0]
    assert b"''" not in parts[0]
    assert environment()["PYTHONSAFEPATH"] == "1"


def test_messages_are_taken_apart_wherever_they_are_cut() -> None:
    whole = frames.pack(frames.DONE, b"one", b"", b"three") + frames.pack(frames.READY)
    reader = frames.Reader()
    found = [message for byte in whole for message in reader.feed(bytes([byte]))]
    assert found == [(frames.DONE, (b"one", b"", b"three")), (frames.READY, ())]


def test_starting_ignores_what_the_grader_is_asked_by() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with local._stop_signals_ignored():
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGTERM) is before
