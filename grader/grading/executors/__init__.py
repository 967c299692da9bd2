"""Executors: what runs a class's tasks in other processes. One file each; ``local`` uses this machine.

An executor knows nothing of grading. What its workers do is said by a module, by name: its ``prepare(job)``
gives the function that does one task (``Work``). The job, which all tasks share, and the tasks are plain JSON
values; what comes out of a task is strings of bytes. Nothing is pickled.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

__all__ = ["STOP_SIGNALS", "Executor", "Finished", "StartExecutor", "Work", "WorkersError"]

STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""What asks a run to end. It is for the grader, which then ends its workers; workers ignore it."""


class WorkersError(RuntimeError):
    """Workers cannot do their work here: the grader's fault, and no submission's."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A task and what came out of it; ``parts`` is None where its worker died or stalled."""

    task: Any
    parts: tuple[bytes, ...] | None


class Work(Protocol):
    """What a worker does with a task."""

    def __call__(self, task: Any, set_deadline: Callable[[float], None]) -> tuple[bytes, ...]:
        """Do a task; ``set_deadline`` allows so many seconds from now, after which the worker has stalled."""


class Executor(Protocol):
    """Workers, ready for tasks. A context manager: no process is left when it is closed, however early."""

    def run(self, tasks: Sequence[Any]) -> Iterator[Finished]:
        """Each task once, as they are finished; a worker that dies or stalls costs its own task only.

        Raises WorkersError, with the reason, where no worker can be started or ``prepare`` fails.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class StartExecutor(Protocol):
    """How an executor is made: up to ``size`` workers, each of which calls ``module.prepare(job)`` once."""

    def __call__(self, size: int, module: str, job: Any) -> Executor:
        """The executor; its workers start when there are tasks."""
