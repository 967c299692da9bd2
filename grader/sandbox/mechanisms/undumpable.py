"""Not dumpable: nobody of the same user looks into a child.

Denies: ptrace, ``/proc/<pid>/mem`` and ``process_vm_readv`` between the children of an ordinary user's
grader, so that one submission cannot read another that runs beside it; core dumps, once more.
Seen to hold: the kernel says so when it is asked.
"""

from __future__ import annotations

from grader.sandbox.libc import control, prepare_control
from grader.sandbox.mechanisms.mechanism import Mechanism, Setting, Step, only_on

_GET, _SET = 3, 4  # PR_GET_DUMPABLE, PR_SET_DUMPABLE


def _steps(setting: Setting) -> list[Step]:
    return [prepare_control(_SET, 0)]


UNDUMPABLE = Mechanism(
    "undumpable",
    lambda: only_on("linux"),
    _steps,
    lambda setting: control(_GET) == 0,
)
