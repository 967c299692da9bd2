"""The grader's side: what starts children, and the level that was measured."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Collection
from types import TracebackType
from typing import Self

from grader.model import Load, SandboxInfo
from grader.sandbox.budget import Budget
from grader.sandbox.channel import Conversation
from grader.sandbox.child_process import ChildFactory
from grader.sandbox.child_session import ChildSession
from grader.sandbox.launcher import Launcher, SandboxError
from grader.sandbox.limits import Limits
from grader.sandbox.measure import Measurement, measure


class Sandbox:
    """Starts children and seals them; ``open`` gives a session with a fresh one. Use as a context manager.

    ``without`` leaves mechanisms out, by name: for tests, which must be able to fail.
    """

    def __init__(self, limits: Limits | None = None, *, without: Collection[str] = ()) -> None:
        self.limits = limits or Limits()
        self._launcher = _launcher()
        self._with_packages: dict[tuple[str, ...], Launcher] = {}
        """What starts children that have packages of a course's own, by those."""
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
        for launcher in (self._launcher, *self._with_packages.values()):
            launcher.close()

    def open(
        self, load: Load, limits: Limits | None = None, budget: Budget | None = None, account: str = ""
    ) -> ChildSession:
        """A session with a fresh child that has loaded ``load``.

        All sessions of one submission share its ``budget``; loading is paid for by the question ``account``.
        """
        children: ChildFactory = self
        if load.imports:
            if load.imports not in self._with_packages:
                _require_installed(load.imports)
                self._with_packages[load.imports] = _launcher(load.imports)
            children = _Children(self._with_packages[load.imports], self.measurement.mechanisms)
        return ChildSession(children, load, limits or self.limits, budget, account)

    def fork(self, limits: Limits) -> tuple[Conversation, int]:
        """A new child, sealed with everything that holds here: its wire and its pid."""
        return self._launcher.fork(limits, self.measurement.mechanisms)

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child: (wait status, CPU seconds)."""
        return self._launcher.kill(pid)

    def end(self, pid: int) -> None:
        """End a child of which nothing more is asked."""
        self._launcher.end(pid)


class _Children:
    """Children of one launcher, with the mechanisms that hold."""

    def __init__(self, launcher: Launcher, mechanisms: Collection[str]) -> None:
        self._launcher, self._mechanisms = launcher, mechanisms
        self.kill, self.end = launcher.kill, launcher.end

    def fork(self, limits: Limits) -> tuple[Conversation, int]:
        """A new child."""
        return self._launcher.fork(limits, self._mechanisms)


def _require_installed(packages: Collection[str]) -> None:
    for name in packages:
        if importlib.util.find_spec(name) is None:
            raise SandboxError(f"the assignment allows `{name}`, which is not installed: pip install {name}")


def _launcher(packages: tuple[str, ...] = ()) -> Launcher:
    if hasattr(os, "fork"):
        from grader.sandbox.forking import Forking

        return Forking(packages)
    from grader.sandbox.spawning import Spawning

    return Spawning(packages)
