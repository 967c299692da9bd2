"""Threads, pools and event loops of a child: a sealed process has one thread, in which all is done in turn.

What `start` or `submit` is given runs at once, to its end: an answer that maps a function over rows in a pool
gets the values that it is due. Who waits for what another thread would do later waits in vain, as for a
deadlock. Pools of processes in `multiprocessing` are not there: importing them raises ImportError.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import sys
import threading
import time
import types
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

_FINISHED = "_is_finished"
_is_alive = threading.Thread.is_alive


def install() -> None:
    """Put them in the place of those that need a thread, a process or a socket. For good, in this process."""
    for name, function in {"start": _start, "join": _join, "is_alive": _is_still_alive}.items():
        setattr(threading.Thread, name, function)
    for name, module in {"ThreadPoolExecutor": "thread", "ProcessPoolExecutor": "process"}.items():
        executor = type(name, (_SerialExecutor,), {"__module__": f"concurrent.futures.{module}"})
        setattr(concurrent.futures, name, executor)
        part = types.ModuleType(f"concurrent.futures.{module}")
        setattr(part, name, executor)
        setattr(concurrent.futures, module, part)
        sys.modules[part.__name__] = part
    asyncio.SelectorEventLoop = _SerialLoop  # type: ignore[assignment]
    type(asyncio.get_event_loop_policy())._loop_factory = _SerialLoop  # type: ignore[attr-defined]


def _start(thread: threading.Thread) -> None:
    """``Thread.start``: run to the end. What it raises is printed, as from any thread."""
    if hasattr(thread, _FINISHED):
        raise RuntimeError("threads can only be started once")
    setattr(thread, _FINISHED, False)
    try:
        thread.run()
    except SystemExit:
        pass
    except BaseException:
        threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), thread]))
    finally:
        setattr(thread, _FINISHED, True)


def _join(thread: threading.Thread, timeout: float | None = None) -> None:
    """``Thread.join``: there is nothing to wait for."""
    if not getattr(thread, _FINISHED, False):
        raise RuntimeError("cannot join a thread that runs, or is not started")


def _is_still_alive(thread: threading.Thread) -> bool:
    """``Thread.is_alive``."""
    return not getattr(thread, _FINISHED) if hasattr(thread, _FINISHED) else _is_alive(thread)


class _SerialExecutor(Executor):
    """A pool of one worker, which is the caller."""

    def __init__(
        self,
        max_workers: int | None = None,
        *args: Any,
        initializer: Callable[..., object] | None = None,
        initargs: tuple[Any, ...] = (),
        **kwargs: Any,
    ) -> None:
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._is_shut_down = False
        if initializer is not None:
            initializer(*initargs)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done: the call has been made."""
        if self._is_shut_down:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(function(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls."""
        self._is_shut_down = True


class _SerialLoop(asyncio.BaseEventLoop):
    """An event loop of tasks and timers: nothing comes from outside."""

    def __init__(self, selector: object = None) -> None:
        super().__init__()
        self._selector = self

    def select(self, timeout: float | None) -> list[Any]:
        """Wait for the next timer. Raises RuntimeError where there is none, and nothing else to do."""
        if timeout is None:
            raise RuntimeError("every task of this event loop waits for something that never comes")
        time.sleep(max(0.0, timeout))
        return []

    def _process_events(self, events: list[Any]) -> None:
        """Nothing, since there are none."""

    def _write_to_self(self) -> None:
        """Nothing: what would be woken up is this thread."""
