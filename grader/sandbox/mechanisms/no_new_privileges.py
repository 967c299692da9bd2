"""No new privileges: starting a set-user-id program gains nothing.

Denies: ``sudo``, ``su`` and programs with file capabilities, even if a program could be started. The kernel
asks for it before an ordinary user may use Landlock and seccomp.
Seen to hold: the kernel says so when it is asked.
"""

from __future__ import annotations

from grader.sandbox.libc import control, prepare_control
from grader.sandbox.mechanisms.mechanism import Mechanism, Setting, Step, only_on

_SET, _GET = 38, 39  # PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS


def _steps(setting: Setting) -> list[Step]:
    return [prepare_control(_SET, 1)]


NO_NEW_PRIVILEGES = Mechanism(
    "no new privileges",
    lambda: only_on("linux"),
    _steps,
    lambda setting: control(_GET) == 1,
)
