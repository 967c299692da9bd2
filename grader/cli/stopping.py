"""What asks a run to end, as one exception: Ctrl-C, SIGTERM, and a terminal that was closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class StoppedError(BaseException):
    """A signal asked the run to end; ``number`` says which."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def stoppable() -> Iterator[Callable[[], None]]:
    """Raise StoppedError for the first signal that asks for the end; no other disturbs what follows.

    What is given ignores them all, for what must be done whole. What the caller ignores (``nohup``) stays
    ignored. The handlers are put back afterwards.
    """
    from grader.grading.executors import STOP_SIGNALS

    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    def ignore() -> None:
        for number in heeded:
            signal.signal(number, signal.SIG_IGN)

    def stop(number: int, frame: FrameType | None) -> None:
        ignore()
        raise StoppedError(number)

    before = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in heeded:
        signal.signal(number, stop)
    try:
        yield ignore
    finally:
        for number in heeded:
            signal.signal(number, before[number] or signal.SIG_DFL)
