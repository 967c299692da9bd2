"""What starts children, whatever the system: a zygote that forks, or a fresh interpreter for each."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Protocol

from grader.sandbox.channel import Conversation
from grader.sandbox.limits import Limits

ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "LD_BIND_NOW": "1",  # symbols are looked up by the zygote, not by each child for itself
}
"""All that a child's environment holds: the same for everyone, and nothing of the grader's."""


INTERRUPTED = 97
"""How a child ends that was interrupted while no student code ran in it."""


class SandboxError(RuntimeError):
    """The sandbox itself failed: the grader's fault, never a student's."""


class Launcher(Protocol):
    """Starts and ends children."""

    def fork(self, limits: Limits, mechanisms: Collection[str]) -> tuple[Conversation, int]:
        """A new child, sealed with ``mechanisms``: the grader's end of its wire, and its pid."""

    def kill(self, pid: int) -> tuple[int, float]:
        """End a child and all that it started: (wait status, CPU seconds)."""

    def end(self, pid: int) -> None:
        """The same, without waiting for it."""

    def close(self) -> None:
        """End every child."""


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs ``module.main()`` in an interpreter that reads nothing of the user's own."""
    start = f"import {module}; {module}.main()"
    # Not -I, which would ignore PYTHONHASHSEED too.
    return [sys.executable, "-s", "-P", "-B", "-c", start, *map(str, arguments)]
