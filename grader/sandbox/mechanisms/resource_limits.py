"""Resource limits: memory, processor time, open files, processes, file sizes, core dumps, queues.

Denies: more than 1 GiB of address space, more than the stated processor time, any descriptor beyond the
four that a child has (so no file, socket or pipe, whatever call makes it), new processes and threads (of an
ordinary user; root's are not counted), writing to files, core dumps, locked memory, message queues.
Seen to hold: one mapping too large, one descriptor too many.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
from contextlib import suppress
from functools import partial

from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step, is_denied

DESCRIPTORS = 4
"""stdin, stdout, stderr (all of them /dev/null) and the wire."""


def _missing() -> Missing | None:
    try:
        import resource  # noqa: F401 (only whether it is there)
    except ImportError:
        return Missing("no limits")
    return None


def _prepare() -> None:
    # At the soft limit SIGXCPU, which says why; a second later SIGKILL, which cannot be ignored.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def _steps(setting: Setting) -> list[Step]:
    import resource

    limits = setting.limits
    wanted = {
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_CPU": (limits.cpu, limits.cpu + 1),
        "RLIMIT_NOFILE": (DESCRIPTORS, DESCRIPTORS),
        "RLIMIT_NPROC": (0, 0),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
    }
    change = _change_where_possible if sys.platform == "darwin" else resource.setrlimit
    return [
        partial(change, getattr(resource, name), bounds)
        for name, bounds in wanted.items()
        if hasattr(resource, name)
    ]


def _change_where_possible(limit: int, bounds: tuple[int, int]) -> None:
    import resource

    with suppress(ValueError, OSError):  # macOS knows limits that it refuses to set
        resource.setrlimit(limit, bounds)


def _holds(setting: Setting) -> bool:
    memory = setting.limits.memory
    return is_denied(lambda: os.dup(0)) and is_denied(lambda: mmap.mmap(-1, memory).close())


RESOURCE_LIMITS = Mechanism(
    "resource limits",
    _missing,
    _steps,
    _holds,
    prepare=_prepare,
)
