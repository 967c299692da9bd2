"""The grader's side: a zygote, and sessions with its children. No verdict is formed on the other side."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from grader.model import Absent, Case, CaseResult, Chunk, Failure, Load, Ref, SandboxInfo
from grader.sandbox import channel, messages
from grader.sandbox.channel import DeadlineError
from grader.sandbox.limits import Limits
from grader.sandbox.wire import WireError
from grader.sandbox.zygote import FORK, KILL, REPLY, REQUEST

LOAD_DEADLINE = 5.0
"""Seconds for one attempt to load a submission."""
MAX_RESTARTS = 50
"""Zygotes that may die in the life of a sandbox."""
MAX_LOADS = 4
"""Attempts: each leaves out the cell that the last one died in."""
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
}  # fmt: skip


class SandboxError(RuntimeError):
    """The sandbox itself failed: the grader's fault, never a student's."""


class _ZygoteGoneError(SandboxError):
    """The zygote does not answer: it was killed, or could not start."""


class Sandbox:
    """One zygote; ``open`` gives a session with a fresh child. Use as a context manager."""

    info = SandboxInfo("limited", ("own process", "deadlines", "memory and CPU limits", "strict wire"))

    def __init__(self) -> None:
        if not hasattr(os, "fork"):
            raise SandboxError(
                "this system has no fork(), which the sandbox needs; on Windows, run the command inside WSL"
            )
        self._restarts = 0
        self._start_zygote()

    def _start_zygote(self) -> None:
        ours, theirs = socket.socketpair()
        self._control = ours
        start = "from grader.sandbox.zygote import main; main()"
        command = [sys.executable, "-s", "-P", "-B", "-c", start, str(theirs.fileno())]
        self._process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the grader, which then ends its children itself
        )
        theirs.close()
        self._control.settimeout(60)
        self._reply()

    def _restart(self) -> None:
        """A new zygote, after a child has killed the old one: that costs the child's case and no other."""
        self._restarts += 1
        if self._restarts > MAX_RESTARTS:
            raise SandboxError("the sandbox's zygote died again and again; run `grader doctor` to see why")
        self.close()
        self._start_zygote()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the zygote, and with it every child."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, load: Load, limits: Limits | None = None) -> Session:
        """A session with a fresh child that has loaded ``load``."""
        return Session(self, load, limits or Limits())

    def fork(self, limits: Limits) -> tuple[socket.socket, int]:
        """A new child: its socket and its pid."""
        try:
            return self._fork(limits)
        except _ZygoteGoneError:
            self._restart()
            return self._fork(limits)

    def _fork(self, limits: Limits) -> tuple[socket.socket, int]:
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        request = REQUEST.pack(FORK, limits.memory, limits.cpu)
        try:
            with theirs:
                socket.send_fds(self._control, [request], [theirs.fileno()])
            pid, _, _ = self._reply()
        except (OSError, _ZygoteGoneError) as error:
            ours.close()
            raise _ZygoteGoneError from error
        ours.setblocking(False)
        return ours, pid

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child and reap it: (wait status, CPU seconds). A dead zygote took its children with it."""
        try:
            self._control.sendall(REQUEST.pack(KILL, pid, 0))
            _, status, cpu = self._reply()
        except (OSError, _ZygoteGoneError):
            self._restart()
            return 0, 0.0
        return status, cpu

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


class Session:
    """A submission's implementation in a child of its own, forked again after every death."""

    def __init__(self, sandbox: Sandbox, load: Load, limits: Limits) -> None:
        self._sandbox = sandbox
        self._load = load
        self._limits = limits
        self._socket: socket.socket | None = None
        self._pid = 0
        self._number = 0
        self._left_out: tuple[tuple[str, Failure], ...] = ()
        self.problems: list[tuple[str, Failure]] = []
        """(cell, failure) for what could not be loaded."""
        self.output = ""
        """What loading printed."""
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """SIGKILL, always: nothing that the child still wants to do is of interest."""
        self._end()

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """One result a case, in order. A case that died or ran out of time says so and costs no other."""
        for case in cases:
            yield self._ask(
                "run",
                messages.pack_program(case),
                "result",
                lambda answer, case=case: messages.unpack_result(answer, case),  # type: ignore[misc]
                case.deadline,
                lambda failure, case=case: _lost(case, failure),  # type: ignore[misc]
            )

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point: an array, a scalar, or Absent where the implementation failed."""
        result: list[Any] = self._ask(
            "evaluate",
            messages.pack_evaluation(case, wanted, points),
            "points",
            lambda answer: messages.unpack_points(answer, len(points)),
            case.deadline,
            lambda failure: [Absent(failure.message)] * len(points),
        )
        return result

    def _ask(
        self,
        kind: str,
        request: Any,
        expected: str,
        read: Callable[[Any], Any],
        seconds: float,
        lost: Callable[[Failure], Any],
    ) -> Any:
        if self._socket is None:
            self._start()
        if self._socket is None:
            return lost(Failure("crashed", message="The code could not be loaded."))
        deadline = time.monotonic() + seconds
        try:
            channel.send(self._socket, (kind, self._next(), request), deadline)
            said, answer = self._receive(deadline)
            if said != expected:
                raise WireError(f"{said} for {expected}")
            return read(answer)
        except DeadlineError:
            self._end()
            return lost(Failure("timeout", message=f"It was still running after {seconds:g} seconds."))
        except (EOFError, OSError, WireError) as error:
            return lost(self._autopsy(error))

    def _start(self) -> None:
        """Fork and load; a cell in which the child dies or hangs is left out of the next attempt."""
        load = self._load
        for _ in range(MAX_LOADS):
            sock, self._pid = self._sandbox.fork(self._limits)
            self._socket = sock
            self.problems = []
            at = 0
            deadline = time.monotonic() + LOAD_DEADLINE
            try:
                channel.send(sock, ("load", self._next(), messages.pack_load(load)), deadline)
                while True:
                    kind, answer = self._receive(deadline)
                    if kind == "loading" and type(answer) is int and 0 <= answer < len(load.chunks):
                        at = answer
                    elif kind == "problem" and len(self.problems) < 200:
                        self.problems.append(messages.unpack_problem(answer))
                    elif kind == "loaded" and type(answer) is str:
                        self.output = answer
                        self._load = load
                        self.problems += self._left_out
                        return
                    else:
                        raise WireError(f"unexpected {kind} while loading")
            except DeadlineError:
                self._end()
                failure = Failure("timeout", message=f"still running after {LOAD_DEADLINE:g} seconds")
            except (EOFError, OSError, WireError) as error:
                failure = self._autopsy(error)
            if not load.chunks:
                break
            self._left_out = (*self._left_out, (load.chunks[at].label, failure))
            load = _reduced(load, at)
        self._end()

    def _autopsy(self, error: Exception) -> Failure:
        status, _ = self._end()
        if isinstance(error, WireError):
            return Failure("crashed", message="It sent something that is not a result.")
        number = status & 0x7F
        if number == signal.SIGXCPU:
            return Failure(
                "timeout", message=f"It used more than {self._limits.cpu} seconds of processor time."
            )
        if number:
            name = signal.Signals(number).name if number in signal.valid_signals() else str(number)
            return Failure("crashed", message=f"The process died ({name}).")
        return Failure("crashed", message="The process ended itself before it answered.")

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _receive(self, deadline: float) -> tuple[Any, Any]:
        """(kind, answer) to the request in hand. An answer to any other request is a violation."""
        assert self._socket is not None
        value = channel.receive(self._socket, deadline)
        if type(value) is not tuple or len(value) != 3 or value[1] != self._number:
            raise WireError("not an answer to what was asked")
        return value[0], value[2]

    def _end(self) -> tuple[int, float]:
        if self._socket is None:
            return 0, 0.0
        self._socket.close()
        self._socket = None
        return self._sandbox.kill(self._pid)


def _lost(case: Case, failure: Failure) -> CaseResult:
    absent = tuple(Absent("nothing") for _ in case.keep)
    return CaseResult(absent, dict.fromkeys(range(len(case.steps)), failure))


def _reduced(load: Load, at: int) -> Load:
    """``load`` without what the child died in: first the cell's other statements, then the whole cell."""
    chunk = load.chunks[at]
    definitions = _definitions(chunk)
    kept = definitions if definitions != chunk.statements else ()
    return replace(load, chunks=(*load.chunks[:at], replace(chunk, statements=kept), *load.chunks[at + 1 :]))


def _definitions(chunk: Chunk) -> tuple[int, ...]:
    import ast

    plain = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        body = ast.parse(chunk.source).body
        return tuple(position for position in chunk.statements if isinstance(body[position], plain))
    return ()
