"""A worker of the local executor: does one task after another, and ends with the grader, however that ends.

It runs no student code. Its standard input and output lead nowhere.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import sys
import threading
import time

from grader.grading.executors import STOP_SIGNALS, Work, frames

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Answer tasks until the grader hangs up. Arguments: the module, the grader's pid, where the wire is."""
    module, grader, wire = sys.argv[1], int(sys.argv[2]), _wire(sys.argv[3])
    _end_with(grader)
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)

    def send(kind: bytes, *parts: bytes) -> None:
        wire.sendall(frames.pack(kind, *parts))

    def set_deadline(seconds: float) -> None:
        send(frames.PHASE, str(seconds).encode())

    messages = frames.receive(wire, frames.Reader())
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        try:
            _, (job,) = next(messages)
            work: Work = importlib.import_module(module).prepare(json.loads(job))
            send(frames.READY)
            for _, (task,) in messages:
                send(frames.DONE, *work(json.loads(task), set_deadline))
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
