"""The kernel's own W^X, the filter's twin: memory that was writable never becomes executable.

Denies: the same as the filter, by other code in the kernel (PR_SET_MDWE in prctl(2), Linux 6.3).
Seen to hold: a page that is writable and executable is refused.
"""

from __future__ import annotations

from grader.sandbox.libc import control, prepare_control
from grader.sandbox.mechanisms.exec_memory import EXEC_MEMORY
from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step, only_on

_SET, _GET = 65, 66  # PR_SET_MDWE, PR_GET_MDWE
_REFUSE_EXEC_GAIN = 1


def _missing() -> Missing | None:
    if reason := only_on("linux"):
        return reason
    try:
        control(_GET)
    except OSError:
        return Missing("no MDWE")
    return None


def _steps(setting: Setting) -> list[Step]:
    return [prepare_control(_SET, _REFUSE_EXEC_GAIN)]


EXEC_GAIN = Mechanism(
    "memory-deny-write-execute",
    _missing,
    _steps,
    EXEC_MEMORY.holds,
)
