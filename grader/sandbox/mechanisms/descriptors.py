"""Nothing inherited: every descriptor beyond the wire is closed.

Denies: the zygote's control socket, files and sockets that the grader had open. stdin, stdout and stderr are
/dev/null already.
Seen to hold: the next descriptors are not there.
"""

from __future__ import annotations

import os
from functools import partial

from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step
from grader.sandbox.mechanisms.resource_limits import DESCRIPTORS

_LAST = 65_536


def _steps(setting: Setting) -> list[Step]:
    # closerange is one call (close_range) on Linux and FreeBSD, and skips what is not open elsewhere.
    return [partial(os.closerange, DESCRIPTORS, _LAST)]


def _holds(setting: Setting) -> bool:
    return not any(_is_open(descriptor) for descriptor in range(DESCRIPTORS, 64))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


DESCRIPTORS_CLOSED = Mechanism(
    "closed descriptors",
    lambda: None if hasattr(os, "fork") else Missing("no fork"),
    _steps,
    _holds,
)
