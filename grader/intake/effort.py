"""The processor time that reading one submission may take, looked at between files and between cells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from grader.intake.bounds import READ_SECONDS
from grader.intake.errors import UnreadableError

T = TypeVar("T")


class Effort:
    """A budget of processor time that starts with the first item that is read.

    A class's archive is opened before that: no student pays for it. It is this thread's own time: another
    submission that is graded beside this one costs it nothing.
    """

    def __init__(self, limit: float = READ_SECONDS, clock: Callable[[], float] = time.thread_time) -> None:
        self.limit, self.clock = limit, clock
        self.start: float | None = None

    def pace(self, items: Iterable[T]) -> Iterator[T]:
        """The items, as long as there is time. Raises UnreadableError when there is none left."""
        for item in items:
            now = self.clock()
            self.start = now if self.start is None else self.start
            if now - self.start > self.limit:
                raise UnreadableError(
                    f"reading it took more than {self.limit:g} s of processor time: "
                    "hand in the notebook and your modules, without data"
                )
            yield item
