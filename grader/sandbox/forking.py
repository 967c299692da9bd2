"""Children by fork, from one zygote that is started again if something kills it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from collections.abc import Collection

from grader.sandbox import seal
from grader.sandbox.channel import Conversation
from grader.sandbox.launcher import ENVIRONMENT, SandboxError, python
from grader.sandbox.limits import Limits
from grader.sandbox.zygote import END, FORK, KILL, REPLY, REQUEST

MAX_RESTARTS = 50
"""Zygotes that may die in the life of a sandbox."""
_START_SECONDS, _SECONDS = 60, 5
"""How long a zygote may take to load NumPy, and to answer: one that was stopped is replaced."""
_KILLED_STATUS = 9
"""The wait status of a child that went with its zygote."""


class _ZygoteGoneError(SandboxError):
    """The zygote does not answer: it was killed, or could not start."""


class Forking:
    """One zygote, and its control socket."""

    def __init__(self, packages: tuple[str, ...] = ()) -> None:
        self._packages = packages
        self._restarts = 0
        self._closed = False
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self._control = ours
        self._process = subprocess.Popen(
            python("grader.sandbox.zygote", theirs.fileno(), *self._packages),
            pass_fds=[theirs.fileno()],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the grader, which then ends its children itself
        )
        theirs.close()
        self._control.settimeout(_START_SECONDS)
        self._reply()
        self._control.settimeout(_SECONDS)

    def fork(self, limits: Limits, mechanisms: Collection[str]) -> tuple[Conversation, int]:
        """A new child, from a new zygote if the old one is gone."""
        while True:
            try:
                return self._fork(limits, mechanisms)
            except _ZygoteGoneError:
                self._restart()

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child and reap it. A dead zygote took its children with it."""
        if self._closed:
            return _KILLED_STATUS, 0.0
        try:
            self._control.sendall(REQUEST.pack(KILL, pid, 0, 0))
            _, status, cpu = self._reply()
        except (OSError, _ZygoteGoneError):
            self._restart()
            return _KILLED_STATUS, 0.0
        return status, cpu

    def end(self, pid: int) -> None:
        """End a child without waiting for it."""
        with contextlib.suppress(OSError):  # a zygote that is gone has taken it along
            if not self._closed:
                self._control.sendall(REQUEST.pack(END, pid, 0, 0))

    def close(self) -> None:
        """End the zygote, and with it every child."""
        self._closed = True
        self._hang_up()

    def _hang_up(self) -> None:
        self._control.close()
        try:
            self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _restart(self) -> None:
        """A new zygote, after something has killed the old one: that costs nobody's case."""
        while True:
            self._restarts += 1
            if self._restarts > MAX_RESTARTS:
                raise SandboxError(
                    "the sandbox's zygote died again and again; run `grader doctor` to see why"
                )
            self._hang_up()
            with contextlib.suppress(_ZygoteGoneError):  # killed while it was starting
                self._start()
                return

    def _fork(self, limits: Limits, mechanisms: Collection[str]) -> tuple[Conversation, int]:
        request = REQUEST.pack(FORK, limits.memory, limits.cpu, seal.mechanism_bits(mechanisms))
        try:
            self._control.sendall(request)
            message, descriptors, _, _ = socket.recv_fds(self._control, REPLY.size, 1)
        except OSError as error:
            raise _ZygoteGoneError(str(error)) from error
        if len(message) < REPLY.size or not descriptors:
            raise _ZygoteGoneError("it ended")
        pid, _, _ = REPLY.unpack(message)
        return Conversation(socket.socket(fileno=descriptors[0])), pid

    def _reply(self) -> tuple[int, int, float]:
        data = b""
        while len(data) < REPLY.size:
            try:
                piece = self._control.recv(REPLY.size - len(data))
            except OSError as error:
                raise _ZygoteGoneError(str(error)) from error
            if not piece:
                raise _ZygoteGoneError("it ended")
            data += piece
        pid, status, cpu = REPLY.unpack(data)
        return pid, status, cpu
