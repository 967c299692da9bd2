"""What killed workers cost a run: the local executor beside ``pebble.ProcessPool``, if that is installed.

Every kill is SIGKILL from outside. For Linux: who is whose child is read in /proc.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.grading.executors import Work, WorkersError
from grader.grading.executors.local import LocalExecutor

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 500_000, 3_000_000
"""Bytes of a result: of a report with its page, and of a long one."""
KILLS, TASKS = 10, 800
PATIENCE = 240.0
"""Seconds after which a run is given up."""


def prepare(job: Any) -> Work:
    """What the local executor's workers do."""
    if job == "fails":
        raise RuntimeError("the reason")
    return lambda task, set_deadline: (task_of(int(task)),)


def task_of(size: int) -> bytes:
    """A task of a twentieth of a second with a result of so many bytes."""
    time.sleep(0.05)
    return bytes(size)


def run_local(workers: int, tasks: int, size: int, job: str = "") -> Iterator[bool]:
    """Whether each task has a result, with the local executor."""
    with LocalExecutor(workers, "benchmarks.executors", job) as executor:
        for finished in executor.run([size] * tasks):
            yield finished.parts is not None


def run_pebble(workers: int, tasks: int, size: int, job: str = "") -> Iterator[bool]:
    """The same with pebble."""
    from pebble import ProcessPool

    context: Any = multiprocessing.get_context("spawn")  # the grader has threads: it must not fork
    pool = ProcessPool(workers, initializer=prepare, initargs=(job,), context=context)
    try:
        for future in [pool.schedule(task_of, (size,), timeout=60) for _ in range(tasks)]:
            try:
                yield len(future.result()) == size
            except Exception as error:
                yield _lost(error)
    finally:
        pool.stop()


def _lost(error: Exception) -> bool:
    print(f"{type(error).__name__}: {error}", file=sys.stderr)
    return False


RUNS: dict[str, Callable[..., Iterator[bool]]] = {"local": run_local, "pebble": run_pebble}


def measured(name: str, workers: int, tasks: int, size: int, job: str) -> None:
    """One run, in a process of its own: say when it is under way, and what it lost."""
    lost, start = 0, time.monotonic()
    try:
        for number, came in enumerate(RUNS[name](workers, tasks, size, job)):
            lost += not came
            if number == 3:
                print("under way", flush=True)
    except WorkersError as error:
        print(error, file=sys.stderr)
    print(f"{lost} of {tasks} tasks lost, {time.monotonic() - start:.0f} s", flush=True)


@contextlib.contextmanager
def started(name: str, workers: int, tasks: int, size: int, job: str = "") -> Iterator[subprocess.Popen[str]]:
    """A run that is under way."""
    command = [sys.executable, "-m", "benchmarks.executors", name, *map(str, (workers, tasks, size)), job]
    pipe = subprocess.PIPE
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=variables, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    if not job:
        process.stdout.readline()
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> str:
    """The last line of a run."""
    try:
        out, _ = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"not ended after {PATIENCE:.0f} s"
    return out.strip().splitlines()[-1]


def random_kills(name: str) -> str:
    """Workers killed at random moments."""
    with started(name, 2, TASKS, SMALL) as process:
        for _ in range(KILLS):
            time.sleep(random.uniform(1.5, 2.0))  # a new worker takes a second to be ready
            _kill(*random.sample(_workers(process.pid), 1))
        return ended(process)


def kill_in_a_send(name: str) -> str:
    """The one worker killed in the middle of its result: the grader was stopped, so that it is not read."""
    with started(name, 1, 20, LARGE) as process:
        process.send_signal(signal.SIGSTOP)
        time.sleep(1.0)
        _kill(*_workers(process.pid))
        process.send_signal(signal.SIGCONT)
        return ended(process)


def killed_tree(name: str) -> str:
    """The grader, its workers and all that they have started, killed at once: what stays in /dev/shm."""
    before = set(os.listdir("/dev/shm"))
    with started(name, 2, TASKS, SMALL) as process:
        _kill(*_family(process.pid), process.pid)
    left = set(os.listdir("/dev/shm")) - before
    for semaphore in left:
        os.unlink(f"/dev/shm/{semaphore}")
    return f"{len(left)} named semaphores left"


def failing_start(name: str) -> str:
    """Workers that cannot be prepared: what the grader is told."""
    with started(name, 1, 1, SMALL, "fails") as process:
        try:
            _, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return "never told"
    return f"told: {err.strip().splitlines()[-1][:90]}"


def _workers(pid: int) -> list[int]:
    marks = (b"local_worker", b"spawn_main")
    return [child for child in _children(pid) if any(mark in _command(child) for mark in marks)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _family(pid: int) -> list[int]:
    return [member for child in _children(pid) for member in (child, *_family(child))]


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (thread / "children").read_text().split())
    return found


def _kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    random.seed(0)
    names = [name for name in RUNS if name == "local" or find_spec(name)]
    for measure in (random_kills, kill_in_a_send, killed_tree, failing_start):
        print(measure.__doc__, flush=True)
        for name in names:
            print(f"    {name:8}{measure(name)}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _, name, workers, tasks, size, job = sys.argv
        measured(name, int(workers), int(tasks), int(size), job)
    else:
        main()
