"""Children as fresh interpreters, where a system has no fork (Windows): the same wire, and slower.

Nothing is inherited but the wire. On Windows a job object bounds memory, processor time and processes;
elsewhere the child seals itself as a forked one does.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Collection

from grader.sandbox import job_object, seal
from grader.sandbox.channel import Conversation
from grader.sandbox.launcher import ENVIRONMENT, python
from grader.sandbox.limits import Limits


class Spawning:
    """One process a child."""

    def __init__(self, packages: tuple[str, ...] = ()) -> None:
        self._packages = packages
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def fork(self, limits: Limits, mechanisms: Collection[str]) -> tuple[Conversation, int]:
        """A new child. It loads NumPy first: that counts against the load's deadline."""
        ours, theirs = socket.socketpair()
        numbers = (os.getpid(), limits.memory, limits.cpu, seal.mechanism_bits(mechanisms))
        with theirs:
            if sys.platform == "win32":
                process = _start_on_windows(theirs, limits, numbers, self._packages)
            else:
                process = subprocess.Popen(
                    python("grader.sandbox.spawned_child", *numbers, theirs.fileno(), *self._packages),
                    pass_fds=[theirs.fileno()],
                    env=ENVIRONMENT,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        self._processes[process.pid] = process
        return Conversation(ours), process.pid

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child; its processor time is not known here. A status as ``wait`` gives it."""
        process = self._processes.pop(pid, None)
        if process is None:
            return 0, 0.0
        process.kill()
        code = process.wait()
        return (-code if code < 0 else code << 8), 0.0

    def end(self, pid: int) -> None:
        """End a child."""
        self.kill(pid)

    def close(self) -> None:
        """End every child."""
        for pid in list(self._processes):
            self.kill(pid)


def _start_on_windows(
    theirs: socket.socket, limits: Limits, numbers: tuple[int, ...], packages: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """The socket travels through stdin, as Windows shares sockets: with the process that is named to it."""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    process = subprocess.Popen(
        python("grader.sandbox.spawned_child", *numbers, "stdin", *packages),
        env={**ENVIRONMENT, **needed},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if sys.platform == "win32":
        job_object.bind(process, limits)
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.write(theirs.share(process.pid))
            process.stdin.close()
    return process
