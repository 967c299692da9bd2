"""The grader's side: what starts children, and the level that was measured."""

from __future__ import annotations

import os
from collections.abc import Collection
from types import TracebackType
from typing import Self

from grader.model import Load, SandboxInfo
from grader.sandbox.budget import Budget
from grader.sandbox.channel import Conversation
from grader.sandbox.child_session import ChildSession
from grader.sandbox.launcher import Launcher
from grader.sandbox.limits import Limits
from grader.sandbox.measure import Measurement, measure


class Sandbox:
    """Starts children and seals them; ``open`` gives a session with a fresh one. Use as a context manager.

    ``without`` leaves mechanisms out, by name: for tests, which must be able to fail.
    """

    def __init__(self, limits: Limits | None = None, *, without: Collection[str] = ()) -> None:
        self.limits = limits or Limits()
        self._launcher = _launcher()
        try:
            self.measurement: Measurement = measure(self._launcher, without)
        except BaseException:
            self._launcher.close()
            raise

    @property
    def info(self) -> SandboxInfo:
        """The level and what was seen to hold: what a report records."""
        return self.measurement.info

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child."""
        self._launcher.close()

    def open(
        self, load: Load, limits: Limits | None = None, budget: Budget | None = None, account: str = ""
    ) -> ChildSession:
        """A session with a fresh child that has loaded ``load``.

        All sessions of one submission share its ``budget``; loading is paid for by the question ``account``.
        """
        return ChildSession(self, load, limits or self.limits, budget, account)

    def fork(self, limits: Limits) -> tuple[Conversation, int]:
        """A new child, sealed with everything that holds here: its wire and its pid."""
        return self._launcher.fork(limits, self.measurement.mechanisms)

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child: (wait status, CPU seconds)."""
        return self._launcher.kill(pid)

    def end(self, pid: int) -> None:
        """End a child of which nothing more is asked."""
        self._launcher.end(pid)


def _launcher() -> Launcher:
    if hasattr(os, "fork"):
        from grader.sandbox.forking import Forking

        return Forking()
    from grader.sandbox.spawning import Spawning

    return Spawning()
