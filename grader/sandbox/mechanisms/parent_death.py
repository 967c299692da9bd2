"""The parent-death signal: no child outlives its zygote, however that ends.

Denies: going on as an orphan after a ``kill -9``. Set after the change of user, which clears it; a child that
finds another parent was too late, and ends. Twin: the zygote kills its children when the grader hangs up.
Seen to hold: the kernel names the signal when it is asked.
"""

from __future__ import annotations

import ctypes
import os
import signal
from functools import partial

from grader.sandbox.libc import control, prepare_control
from grader.sandbox.mechanisms.mechanism import Mechanism, Setting, Step, only_on

_SET, _GET = 1, 2  # PR_SET_PDEATHSIG, PR_GET_PDEATHSIG


def _steps(setting: Setting) -> list[Step]:
    return [prepare_control(_SET, signal.SIGKILL), partial(_end_if_late, setting.zygote)]


def _end_if_late(zygote: int) -> None:
    if os.getppid() != zygote:
        os._exit(0)


def _holds(setting: Setting) -> bool:
    signal_number = ctypes.c_int()
    control(_GET, ctypes.addressof(signal_number))
    return signal_number.value == signal.SIGKILL


PARENT_DEATH = Mechanism(
    "parent-death signal",
    lambda: only_on("linux"),
    _steps,
    _holds,
)
