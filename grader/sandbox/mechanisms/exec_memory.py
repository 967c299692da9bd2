"""W^X: no memory is ever executable that was not so when the child began.

Denies: machine code of one's own, and with it every trick that ends in shellcode. A few seccomp rules, which
can be seen and switched off apart from the list of calls.
Seen to hold: a page that is writable and executable is refused.
"""

from __future__ import annotations

import errno
import mmap
import sys
from functools import cache

from grader.sandbox.bpf import ALLOW, ERRNO, Rule, assemble, has_bit, loading
from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step, is_denied, only_on
from grader.sandbox.syscalls import NUMBERS, machine

_EXECUTE = 4  # PROT_EXEC
_SHM_EXEC = 0o100000
_DENY = ERRNO | errno.EPERM

RULES = (
    Rule("mmap", _DENY, (has_bit(2, _EXECUTE),)),
    Rule("mprotect", _DENY, (has_bit(2, _EXECUTE),)),
    Rule("pkey_mprotect", _DENY, (has_bit(2, _EXECUTE),)),
    Rule("shmat", _DENY, (has_bit(2, _SHM_EXEC),)),
)


def missing() -> Missing | None:
    """Why filters cannot be made here; None where they can."""
    if reason := only_on("linux"):
        return reason
    return None if machine() in NUMBERS else Missing("unknown machine", machine())


@cache
def program() -> bytes:
    """The filter: what is executable is refused, all else allowed."""
    return assemble(machine(), RULES, ALLOW)


def _holds(setting: Setting) -> bool:
    if sys.platform != "linux":
        return False
    everything = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
    return is_denied(lambda: mmap.mmap(-1, 4096, prot=everything).close())


def _steps(setting: Setting) -> list[Step]:
    # seccomp brings these rules along: a filter is dear to load
    return [] if "seccomp" in setting.mechanisms else [loading(program())]


EXEC_MEMORY = Mechanism(
    "W^X",
    missing,
    _steps,
    _holds,
    needs=("no new privileges",),
)
