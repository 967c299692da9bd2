"""The local executor: worker processes on this machine, each with one task at a time and a socket of its own.

So it is always known which of them died, and of which task. Why it is not pebble's or another pool over
``multiprocessing``, with measurements: docs/decisions/0026-executors.md.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from grader.grading.executors import STOP_SIGNALS, Finished, WorkersError, frames
from grader.sandbox import SLICE, Deadline
from grader.source import import_line

_START_SECONDS = 300.0
_TASK_SECONDS = 60.0
"""Seconds until a worker must have said how long its task may take, or have done it."""
_STARTS = 3
"""Times that a worker is started before it is said that none can be."""
_READ = 1 << 20
_MAIN = "; ".join((import_line("grader.grading.executors.local_worker", "main"), "main()"))


@dataclass(slots=True, eq=False)
class _Process:
    """One worker, as the grader sees it."""

    process: subprocess.Popen[bytes]
    wire: socket.socket
    deadline: Deadline
    reader: frames.Reader = field(default_factory=frames.Reader)
    ready: bool = False
    task: Any = None
    busy: bool = False
    reason: str = ""


class LocalExecutor:
    """Up to ``size`` worker processes; each calls ``module.prepare(job)`` once. A context manager.

    A worker that takes longer than it said that it may is killed.
    """

    def __init__(self, size: int, module: str, job: Any) -> None:
        self._size = max(1, size)
        self._module = module
        self._job = json.dumps(job).encode()
        self._workers: list[_Process] = []
        self._failed_starts = 0
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every worker; what they were doing is lost."""
        for worker in list(self._workers):
            self._end(worker)
        self._selector.close()

    def run(self, tasks: Sequence[Any]) -> Iterator[Finished]:
        """What came out of each task, as they are finished. WorkersError: no worker can be started."""
        waiting = deque(tasks)
        left = len(waiting)
        while left:
            while len(self._workers) < min(self._size, left):
                self._start()
            for worker in self._workers:
                if waiting and worker.ready and not worker.busy:
                    self._assign(worker, waiting.popleft())
            for finished in self._poll():
                left -= 1
                yield finished

    def _poll(self) -> Iterator[Finished]:
        """Wait a moment; what has been finished, or was lost, meanwhile."""
        for key, _ in self._selector.select(SLICE):
            worker: _Process = key.data
            try:
                data = worker.wire.recv(_READ)
            except OSError:
                data = b""
            if not data:
                yield from self._handle_loss(worker)
                continue
            for kind, parts in worker.reader.feed(data):
                yield from self._handle_message(worker, kind, parts)
        for worker in list(self._workers):
            if (worker.busy or not worker.ready) and worker.deadline.left() <= 0:
                worker.reason = worker.reason or "it stalled"
                yield from self._handle_loss(worker)

    def _handle_message(self, worker: _Process, kind: bytes, parts: tuple[bytes, ...]) -> Iterator[Finished]:
        if kind == frames.READY:
            worker.ready, self._failed_starts = True, 0
        elif kind == frames.PHASE:
            worker.deadline = Deadline(float(parts[0]))
        elif kind == frames.FAILED:
            worker.reason = parts[0].decode("utf-8", "replace")
        elif kind == frames.DONE:
            worker.busy = False
            yield Finished(worker.task, parts)

    def _handle_loss(self, worker: _Process) -> Iterator[Finished]:
        code = self._end(worker)
        if worker.busy:
            yield Finished(worker.task, None)
        elif not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise WorkersError(f"the grader's workers cannot start: {worker.reason or _exit_text(code)}")

    def _assign(self, worker: _Process, task: Any) -> None:
        worker.task, worker.busy = task, True
        worker.deadline = Deadline(_TASK_SECONDS)
        with contextlib.suppress(OSError):  # it died while it waited: that is seen when it is listened to
            worker.wire.sendall(frames.pack(frames.TASK, json.dumps(task).encode()))

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        try:
            process = _launch(self._module, theirs)
        except OSError as error:
            ours.close()
            raise WorkersError(f"the grader's workers cannot start: {error.strerror or error}") from error
        finally:
            theirs.close()
        worker = _Process(process, ours, Deadline(_START_SECONDS))
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        with contextlib.suppress(OSError):
            ours.sendall(frames.pack(frames.JOB, self._job))

    def _end(self, worker: _Process) -> int:
        """Kill a worker, whatever it does; its sandbox goes with it. How it ended."""
        self._workers.remove(worker)
        self._selector.unregister(worker.wire)
        with contextlib.suppress(OSError):
            if worker.process.poll() is None and not worker.busy and worker.ready:
                worker.wire.shutdown(socket.SHUT_RDWR)  # idle: it ends by itself, and its zygote with it
        worker.wire.close()
        if worker.busy or not worker.ready or worker.reason:
            worker.process.kill()
        try:
            return worker.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            worker.process.kill()
            return worker.process.wait()


def _launch(module: str, wire: socket.socket) -> subprocess.Popen[bytes]:
    """Start a worker with its end of a socket; on Windows that travels through stdin, shared with its pid."""
    windows = sys.platform == "win32"
    where = "stdin" if windows else str(wire.fileno())
    with _stop_signals_ignored():
        process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-c", _MAIN, module, str(os.getpid()), where],
            env=environment(),
            stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=() if windows else (wire.fileno(),),
        )
    if sys.platform == "win32" and process.stdin is not None:
        process.stdin.write(wire.share(process.pid))
        process.stdin.close()
    return process


def environment() -> dict[str, str]:
    """The environment of a process of ours: Python finds no module in the current folder, whatever it is."""
    places = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(place)]
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    python_path = {"PYTHONPATH": os.pathsep.join(places)} if places else {}
    return {**variables, **python_path, "PYTHONSAFEPATH": "1"}


def _exit_text(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"status {code}"


@contextlib.contextmanager
def _stop_signals_ignored() -> Iterator[None]:
    """What is started here ignores Ctrl-C and its like from its first moment: they are for the grader."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
