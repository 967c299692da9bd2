"""A sandboxed child process: send requests, read replies, report how it ended."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any, Protocol

from grader.model import Failure, Load
from grader.sandbox import messages
from grader.sandbox.channel import Conversation, DeadlineError
from grader.sandbox.deadline import Deadline
from grader.sandbox.launcher import INTERRUPTED, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.wire import MAX_FRAME, TooLargeError, WireError

_MAX_PROBLEMS = 200
_SEAL_SECONDS = 30.0
_BUSY = 0.5
"""The part of a deadline that a child must have computed for, so that being late is its own doing."""
_OWN_NAMES = (
    "SIGSEGV",
    "SIGBUS",
    "SIGFPE",
    "SIGILL",
    "SIGABRT",
    "SIGTRAP",
    "SIGSYS",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGPIPE",
    "SIGALRM",
)
_OWN_SIGNALS = frozenset(getattr(signal, name, -1) for name in _OWN_NAMES)
"""What a process dies of by itself. Of any other signal it does not: a sealed child cannot send one."""


class ChildFactory(Protocol):
    """Starts and ends child processes."""

    def fork(self, limits: Limits) -> tuple[Conversation, int]:
        """A new child: its wire and its pid."""

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child: (wait status, CPU seconds)."""

    def end(self, pid: int) -> None:
        """End a child of which nothing more is asked."""


class ChildLostError(Exception):
    """A child gave no answer and is gone; ``failure`` says why.

    ``innocent``: by something else than its own code, as far as one can tell: a signal from outside, a clock
    that jumped, a processor that it did not get. ``chunk``: what it was loading.
    """

    def __init__(self, failure: Failure, *, innocent: bool = False, chunk: int = 0) -> None:
        super().__init__(failure.cause or failure.error)
        self.failure = failure
        self.innocent = innocent
        self.chunk = chunk


class ChildProcess:
    """A running child process. After ChildLostError it has ended, and must not be asked again."""

    def __init__(self, children: ChildFactory, limits: Limits, charge: Callable[[float], None]) -> None:
        self._children = children
        self._limits = limits
        self._charge = charge
        """Told the seconds that each wait took."""
        self._seconds_waited = 0.0
        self._number = 0
        self._wire, self.pid = children.fork(limits)
        self.alive = True
        self.asked_before = False
        """Whether it has answered an earlier batch: then code of another question may have altered it."""
        self._seconds_computed = 0.0
        """Seconds of processor time that its answers took, as it says."""
        self._await_seal()

    def load(self, load: Load, *, step_by_step: bool) -> tuple[list[tuple[str, Failure]], str]:
        """Become ``load``'s implementation: ((cell, failure) of what failed, what was printed).

        Raises ChildLostError, which knows the chunk where loading goes ``step_by_step``.
        """
        number = self.ask(messages.load_request(load, step_by_step=step_by_step))
        deadline = Deadline(self._limits.load)
        problems: list[tuple[str, Failure]] = []
        chunk = begun = 0
        try:
            while True:
                kind, answer = self._receive(number, deadline)
                if kind == "loading" and type(answer) is int and answer == begun < len(load.chunks):
                    chunk, begun = begun, begun + 1
                elif kind == "problem" and len(problems) < _MAX_PROBLEMS:
                    problems.append(messages.unpack_problem(answer))
                elif kind == "loaded" and type(answer) is str:
                    return problems, answer
                else:
                    raise WireError(f"unexpected {kind} while loading")
        except (DeadlineError, EOFError, OSError, WireError) as error:
            raise self._loss(error, self._limits.load, deadline, chunk) from error

    def ask(self, request: bytes) -> int:
        """Queue an encoded request; its number."""
        self._number += 1
        self._wire.ask(self._number, request)
        return self._number

    def answer(
        self, expected: str, number: int, seconds: float, max_bytes: int, read: Callable[[Any], Any]
    ) -> Any:
        """Read the reply to request ``number``, of at most ``max_bytes``, with ``read``.

        Raises ChildLostError where none comes within ``seconds``, or another than ``expected``.
        """
        deadline = Deadline(seconds)
        try:
            kind, answer = self._receive(number, deadline, max_bytes)
            if kind != expected:
                raise WireError(f"{kind} for {expected}")
            return read(answer)
        except (DeadlineError, EOFError, OSError, WireError) as error:
            raise self._loss(error, seconds, deadline) from error

    def add_computed_seconds(self, computed: float) -> None:
        """Add to the processor time that the replies so far took, by the child's own account."""
        self._seconds_computed += computed

    def end(self) -> None:
        """Kill the child, without asking it to end."""
        if self.alive:
            self.alive = False
            self._children.end(self.pid)
            self._wire.close()  # afterwards: else it would wake up to see that nobody is there

    def _receive(self, number: int, deadline: Deadline, max_bytes: int = MAX_FRAME) -> tuple[str, Any]:
        """(kind, answer) to request ``number``. An answer to any other request is a violation."""
        before = deadline.spent
        try:
            answered, value = self._wire.receive(deadline, max_bytes)
        finally:
            deadline.left()
            self._seconds_waited += deadline.spent - before
            self._charge(deadline.spent - before)
        if type(value) is not tuple or len(value) != 2 or type(value[0]) is not str or answered != number:
            raise WireError("not an answer to what was asked")
        kind, answer = value
        return kind, answer

    def _await_seal(self) -> None:
        """No source is sent before this: what is said here is not yet a student's word."""
        deadline = Deadline(_SEAL_SECONDS)
        try:
            kind, answer = self._receive(0, deadline)
        except (DeadlineError, EOFError, OSError, WireError) as error:
            raise self._loss(error, _SEAL_SECONDS, deadline) from error
        if kind != "sealed":
            self.end()
            raise SandboxError(f"a child could not seal itself ({str(answer)[:200]}); run `grader doctor`")

    def _loss(self, error: Exception, seconds: float, deadline: Deadline, chunk: int = 0) -> ChildLostError:
        self.alive = False
        self._wire.close()
        status, cpu = self._children.kill(self.pid)
        self._charge(max(0.0, cpu - self._seconds_waited))  # of several threads, or while nobody waited
        if isinstance(error, DeadlineError):
            late = Failure("timeout", cause="deadline", amount=seconds)
            idle = cpu - self._seconds_computed < _BUSY * seconds
            return ChildLostError(late, innocent=idle or deadline.paused, chunk=chunk)
        if isinstance(error, TooLargeError):
            return ChildLostError(Failure("crashed", cause="large answer"), chunk=chunk)
        if isinstance(error, WireError):
            return ChildLostError(Failure("crashed", cause="no result"), chunk=chunk)
        number = status & 0x7F
        if number == getattr(signal, "SIGXCPU", -1):
            spent = Failure("timeout", cause="processor time", amount=float(self._limits.cpu))
            return ChildLostError(spent, chunk=chunk)
        if number:
            name = signal.Signals(number).name if number in signal.valid_signals() else str(number)
            failure = Failure("crashed", message=name, cause="signal")
            return ChildLostError(failure, innocent=number not in _OWN_SIGNALS, chunk=chunk)
        ended = Failure("crashed", cause="exit")
        return ChildLostError(ended, innocent=status >> 8 == INTERRUPTED, chunk=chunk)
