"""A submission's implementation in a child of its own, forked again after every death."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Protocol, Self

from grader.model import Absent, Case, CaseResult, Failure, Load, Ref
from grader.sandbox import messages
from grader.sandbox.channel import Conversation, DeadlineError, frame
from grader.sandbox.launcher import SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.wire import WireError
from grader.source import definitions

MAX_LOADS = 4
"""Attempts: each leaves out the cell that the last one died in."""
LOST_AT_MOST = 2
"""Cases of one batch that may be lost to deaths and deadlines; what comes after them is not run."""
AFTER_A_LOSS = 1.0
"""Seconds that a case is waited for once another of its batch was lost."""


class _Children(Protocol):
    def fork(self, limits: Limits) -> tuple[Conversation, int]: ...

    def kill(self, pid: int) -> tuple[int, float]: ...


class Session:
    """Runs cases on a submission; a case in which the child dies or hangs costs no other."""

    def __init__(self, children: _Children, load: Load, limits: Limits) -> None:
        self._children = children
        self._load = load
        self._limits = limits
        self._wire: Conversation | None = None
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
        """One result a case, in order, of one batch: a question's cases, say.

        All are sent at once, and answered one by one. A case that died or ran out of time says so; the others
        are run by another child. After two such losses the rest of the batch counts as lost like the last.
        """
        lost: list[Failure] = []
        sent = 0  # cases before this one are with the child that lives now
        first = self._number + 1
        for position, case in enumerate(cases):
            if len(lost) >= LOST_AT_MOST:
                yield _lost(case, lost[-1])
                continue
            if self._wire is None:
                self._start()
                sent = position
            if self._wire is None:
                yield _lost(case, Failure("crashed", message="The code could not be loaded."))
                continue
            if sent <= position:
                first = self._number + 1 - position
                for later in cases[position:]:
                    self._wire.ask(frame(("run", self._next(), messages.pack_program(later))))
                sent = len(cases)
            seconds = self._patience(case, waited=bool(lost))
            answer = self._answer("result", first + position, seconds, _reader(case))
            if isinstance(answer, Failure):
                lost.append(answer)
                yield _lost(case, answer)
            else:
                yield answer

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point: an array, a scalar, or Absent where the implementation failed."""
        if self._wire is None:
            self._start()
        if self._wire is None:
            return [Absent("The code could not be loaded.")] * len(points)
        self._wire.ask(frame(("evaluate", self._next(), messages.pack_evaluation(case, wanted, points))))
        seconds = self._patience(case, waited=False)
        answer = self._answer(
            "points", self._number, seconds, lambda value: messages.unpack_points(value, len(points))
        )
        if isinstance(answer, Failure):
            return [Absent(answer.message)] * len(points)
        found: list[Any] = answer
        return found

    def _patience(self, case: Case, *, waited: bool) -> float:
        seconds = case.deadline if self._limits.case is None else min(case.deadline, self._limits.case)
        return min(seconds, AFTER_A_LOSS) if waited else seconds

    def _answer(self, expected: str, number: int, seconds: float, read: Callable[[Any], Any]) -> Any:
        """What the child says to a request, or a Failure after which there is no child any more."""
        assert self._wire is not None
        try:
            said, answer = self._receive(number, time.monotonic() + seconds)
            if said != expected:
                raise WireError(f"{said} for {expected}")
            return read(answer)
        except DeadlineError:
            self._end()
            return Failure("timeout", message=f"It was still running after {seconds:g} seconds.")
        except (EOFError, OSError, WireError) as error:
            return self._autopsy(error)

    def _start(self) -> None:
        """Fork and load; a cell in which the child dies or hangs is left out of the next attempt."""
        load = self._load
        for _ in range(MAX_LOADS):
            self._wire, self._pid = self._children.fork(self._limits)
            self.problems = []
            at = 0
            self._wire.ask(frame(("load", self._next(), messages.pack_load(load))))
            deadline = time.monotonic() + self._limits.load
            try:
                while True:
                    kind, answer = self._receive(self._number, deadline)
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
                failure = Failure("timeout", message=f"still running after {self._limits.load:g} seconds")
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
        if number == getattr(signal, "SIGXCPU", -1):
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

    def _receive(self, number: int, deadline: float) -> tuple[Any, Any]:
        """(kind, answer) to request ``number``. An answer to any other request is a violation."""
        assert self._wire is not None
        value = self._wire.receive(deadline)
        if type(value) is not tuple or len(value) != 3 or type(value[1]) is not int:
            raise WireError("not an answer")
        if value[0] == "unsealed" and value[1] == 0 and number == 1:
            raise SandboxError(f"a child could not seal itself ({str(value[2])[:200]}); run `grader doctor`")
        if value[1] != number:
            raise WireError("not an answer to what was asked")
        return value[0], value[2]

    def _end(self) -> tuple[int, float]:
        if self._wire is None:
            return 0, 0.0
        self._wire.close()
        self._wire = None
        return self._children.kill(self._pid)


def _reader(case: Case) -> Callable[[Any], CaseResult]:
    return lambda answer: messages.unpack_result(answer, case)


def _lost(case: Case, failure: Failure) -> CaseResult:
    absent = tuple(Absent("nothing") for _ in case.keep)
    return CaseResult(absent, dict.fromkeys(range(len(case.steps)), failure))


def _reduced(load: Load, at: int) -> Load:
    """``load`` without what the child died in: first the cell's other statements, then the whole cell."""
    chunk = load.chunks[at]
    defining = definitions(chunk.source, chunk.statements)
    kept = defining if defining != chunk.statements else ()
    return replace(load, chunks=(*load.chunks[:at], replace(chunk, statements=kept), *load.chunks[at + 1 :]))
