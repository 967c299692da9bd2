"""A worker: a process that does one task after another, and ends with the grader, however that ends.

It runs no student code, and its own standard streams are nobody's. Started as ``main`` of a module that says
what a task is: see ``serve``.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from grader.grading import frames

STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a run to end. It is for the grader, which then ends its workers."""
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


class Work(Protocol):
    """What a worker does with a task."""

    def __call__(self, task: Any, may_take: Callable[[float], None]) -> tuple[bytes, ...]:
        """Do a task; ``may_take`` tells the grader that it is to wait so many seconds from now."""


def serve(prepare: Callable[[Any], Work]) -> None:
    """Answer tasks until the grader hangs up. ``prepare`` makes of the job what does a task."""
    grader, wire = int(sys.argv[1]), _wire(sys.argv[2])
    _end_with(grader)
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)

    def send(kind: bytes, *parts: bytes) -> None:
        wire.sendall(frames.pack(kind, *parts))

    def may_take(seconds: float) -> None:
        send(frames.PHASE, str(seconds).encode())

    messages = frames.receive(wire, frames.Reader())
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        try:
            _, (job,) = next(messages)
            work = prepare(json.loads(job))
            send(frames.READY)
            for _, (task,) in messages:
                send(frames.DONE, *work(json.loads(task), may_take))
        except Exception as error:
            send(frames.FAILED, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
            raise


def _wire(where: str) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=int(where))


def _end_with(grader: int) -> None:
    """Have the kernel end this process with its parent; where it cannot, look every second."""
    if sys.platform == "linux":
        from grader.sandbox.libc import control

        control(_DEATH_SIGNAL, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(grader,), daemon=True).start()
    if sys.platform != "win32" and os.getppid() != grader:  # it ended before we were bound to it
        os._exit(1)


def _watch(grader: int) -> None:
    while sys.platform == "win32" or os.getppid() == grader:
        time.sleep(1)
    os._exit(1)
