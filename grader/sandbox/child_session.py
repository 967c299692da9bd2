"""Run a submission in child processes: a fresh one after each loss, with deadlines and one budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar

from grader.model import Absent, Case, CaseResult, Failure, Load, Ref
from grader.sandbox import messages
from grader.sandbox.budget import Budget
from grader.sandbox.child_process import ChildFactory, ChildLostError, ChildProcess
from grader.sandbox.effort import Effort
from grader.sandbox.limits import Limits
from grader.sandbox.session import result_without_values
from grader.sandbox.wire import MAX_FRAME
from grader.source import definitions

T = TypeVar("T")
MAX_LOADS = 4
"""Attempts step by step: each leaves out the cell that the last one died in."""
_MAX_INNOCENT = 2
"""Deaths while loading that are blamed on nobody."""
_MORE_PATIENCE = 2.0
"""How many times longer a case is waited for, when the first deadline passed without its doing."""
_SHORTEST = 0.5
"""Seconds that a case is waited for at least, however little of the budget is left."""
_INTERRUPT = "KeyboardInterrupt"
LOST_AT_MOST = 2
"""Cases of one batch that may be lost to deaths and deadlines; what comes after them is not run."""
AFTER_A_LOSS = 1.0
"""Seconds that a case is waited for once another of its batch was lost."""


class ChildSession:
    """Runs cases on a submission in child processes; a case in which the child dies costs no other."""

    def __init__(
        self,
        children: ChildFactory,
        load: Load,
        limits: Limits,
        budget: Budget | None = None,
        account: str = "",
    ) -> None:
        self._children = children
        self._load = load
        self._limits = limits
        self._budget = budget or Budget(limits.session)
        self._account = account
        """The question that pays for what is waited for now."""
        self._child: ChildProcess | None = None
        self._left_out: tuple[tuple[str, Failure], ...] = ()
        self._hopeless = False
        self.problems: list[tuple[str, Failure]] = []
        """(cell, failure) for what could not be loaded."""
        self.output = ""
        """What loading printed."""
        if not self._is_spent():
            self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()

    @property
    def loaded(self) -> bool:
        """Whether a child could be loaded at all, if only without some cells."""
        return not self._hopeless

    @property
    def used(self) -> bool:
        """Whether the child that would be asked next has run code of another batch."""
        return self._child is not None and self._child.alive and self._child.asked_before

    def renew(self) -> None:
        """End the child: the next case is asked of one in which nothing has run but the loading."""
        if self._child is not None:
            self._child.end()

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """One result a case, in order, of one batch: a question's cases, say.

        All are sent at once, and answered one by one. A case that died or ran out of time says so; the others
        are run by another child. After two such losses the rest of the batch counts as lost like the last.
        """
        lost: list[Failure] = []
        sent: dict[tuple[int, int], int] = {}
        """Child and position of a case → number of the request."""
        for position, case in enumerate(cases):
            if len(lost) >= LOST_AT_MOST:
                yield result_without_values(case, lost[-1])
                continue

            def attempt(child: ChildProcess, patience: float, position: int = position) -> CaseResult:
                seconds = self._patience(cases[position], waited=bool(lost))
                if (child.pid, position) not in sent:
                    for later in range(position, len(cases)):
                        sent[child.pid, later] = child.ask(messages.run_request(cases[later]))
                number, case = sent[child.pid, position], cases[position]
                result: CaseResult = child.answer(
                    "result", number, seconds * patience, _bytes_left(case), _reader(case)
                )
                child.add_computed_seconds(result.cpu)
                if patience == 1.0 and _is_interrupted(result):
                    child.end()  # from outside, as far as one can tell; if it is the code's, it comes again
                    raise ChildLostError(Failure("raised", _INTERRUPT), innocent=True)
                return result

            try:
                yield self._retry_if_not_at_fault(case, attempt)
            except ChildLostError as error:
                lost.append(error.failure)
                yield result_without_values(case, error.failure)
        if self._child is not None:
            self._child.asked_before = True

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point: an array, a scalar, or Absent where the implementation failed."""
        request = messages.evaluate_request(case, wanted, points)

        def attempt(child: ChildProcess, patience: float) -> list[Any]:
            number = child.ask(request)
            seconds = self._patience(case, waited=False) * patience
            max_bytes = _bytes_left(case) * max(1, len(points))
            values: list[Any] = child.answer(
                "points",
                number,
                seconds,
                min(max_bytes, MAX_FRAME),
                lambda v: messages.unpack_points(v, len(points)),
            )
            return values

        try:
            return self._retry_if_not_at_fault(case, attempt)
        except ChildLostError:
            return [Absent("nothing")] * len(points)

    def effort(self, case: Case, step: int) -> Effort | None:
        """What ``step`` costs: see ``effort.effort``; None where the implementation failed."""
        request = messages.effort_request(case, step)

        def attempt(child: ChildProcess, patience: float) -> Effort | None:
            number = child.ask(request)
            seconds = self._patience(case, waited=False) * patience
            measured: Effort | None = child.answer(
                "effort", number, seconds, MAX_FRAME, messages.unpack_effort
            )
            return measured

        try:
            return self._retry_if_not_at_fault(case, attempt)
        except ChildLostError:
            return None

    def _retry_if_not_at_fault(self, case: Case, attempt: Callable[[ChildProcess, float], T]) -> T:
        """Try again, once, in a fresh child, with more patience, if the code that died may not be to blame.

        It was ended from outside (no memory left, an operator), or not given time (a pause, a busy machine);
        or its child had run another question, whose code may have left anything behind.
        """
        self._account = case.question
        if self._is_spent():
            spent = Failure("timeout", cause="whole submission", amount=self._budget.seconds)
            raise ChildLostError(spent)

        child = self._running_child()
        try:
            return attempt(child, 1.0)
        except ChildLostError as error:
            if not error.innocent and not (child.asked_before and error.failure.kind == "crashed"):
                raise
            return attempt(self._running_child(), _MORE_PATIENCE if error.innocent else 1.0)

    def _is_spent(self) -> bool:
        return self._budget.left(self._account) <= 0

    def _charge(self, seconds: float) -> None:
        self._budget.spend(self._account, seconds)

    def _patience(self, case: Case, *, waited: bool) -> float:
        seconds = case.deadline if self._limits.case is None else min(case.deadline, self._limits.case)
        if waited:
            seconds = min(seconds, AFTER_A_LOSS)
        return min(seconds, max(_SHORTEST, self._budget.left(case.question)))

    def _running_child(self) -> ChildProcess:
        if not self._hopeless and (self._child is None or not self._child.alive):
            self._start()
        if self._child is None or not self._child.alive:
            raise ChildLostError(Failure("crashed", cause="not loaded"))
        return self._child

    def _start(self) -> None:
        """Fork and load: at once, or if the child dies of that, step by step without the cell it dies in."""
        load = self._load
        step_by_step, innocent = False, 0
        for _ in range(1 + MAX_LOADS + _MAX_INNOCENT):
            if self._is_spent():
                break
            try:
                self._child = ChildProcess(self._children, self._limits, self._charge)
                problems, self.output = self._child.load(load, step_by_step=step_by_step)
            except ChildLostError as error:
                if error.innocent and innocent < _MAX_INNOCENT:
                    innocent += 1  # from outside, as far as one can tell: the same once more
                    continue
                if not load.chunks:
                    break
                if step_by_step:
                    self._left_out = (*self._left_out, (load.chunks[error.chunk].label, error.failure))
                    load = _without_failing_part(load, error.chunk)
                step_by_step = True
            else:
                if innocent < _MAX_INNOCENT and any(f.error == _INTERRUPT for _, f in problems):
                    innocent += 1
                    self._child.end()
                    continue
                self._load = load
                self.problems = [*problems, *self._left_out]
                return
        self._hopeless = True  # and it is not tried again for every case


def _is_interrupted(result: CaseResult) -> bool:
    return any(failure.error == _INTERRUPT for failure in result.failures.values())


def _reader(case: Case) -> Callable[[Any], CaseResult]:
    return lambda answer: messages.unpack_result(answer, case)


def _bytes_left(case: Case) -> int:
    """Bytes that an answer may have: several times those of the right one, where that is known."""
    if not case.key:
        return MAX_FRAME
    return min(MAX_FRAME, (1 << 20) + 4 * _size(case.key))


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list | tuple) else getattr(value, "nbytes", 8)


def _without_failing_part(load: Load, at: int) -> Load:
    """``load`` without what the child died in: first the cell's other statements, then the whole cell."""
    chunk = load.chunks[at]
    defining = definitions(chunk.source, chunk.statements)
    kept = defining if defining != chunk.statements else ()
    return replace(load, chunks=(*load.chunks[:at], replace(chunk, statements=kept), *load.chunks[at + 1 :]))
