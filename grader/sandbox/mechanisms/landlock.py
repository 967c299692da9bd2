"""Landlock with no path at all: a second lock on files, ports and signals, independent of seccomp.

Denies: opening, making, removing, renaming or starting any file; from kernel 6.7 on TCP ports, from 6.12 on
signals and abstract sockets of processes outside. Made once, in the zygote.
Seen to hold: a folder that could be made can no longer be.
https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import struct

from grader.sandbox.libc import prepare_system_call, system_call
from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step, is_denied, only_on
from grader.sandbox.syscalls import NUMBERS, machine, number

_VERSION_QUERY = 1
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many rights on files each version of the interface knows; 16 from version 5 on."""
_PORT_RIGHTS = 0b11  # bind and connect, from version 4 on
_SCOPES = 0b11  # abstract sockets and signals, from version 6 on


def version() -> int:
    """The kernel's Landlock interface; 0 where there is none, or where a container denies it."""
    if machine() not in NUMBERS:
        return 0
    try:
        return system_call(number("landlock_create_ruleset"), None, 0, _VERSION_QUERY)
    except OSError:
        return 0


def make_ruleset() -> int:
    """A descriptor of the ruleset that handles everything and allows nothing."""
    abi = version()
    words = [(1 << _FILE_RIGHTS.get(abi, 16)) - 1]
    words += [_PORT_RIGHTS] if abi >= 4 else []
    words += [_SCOPES] if abi >= 6 else []
    data = struct.pack(f"={len(words)}Q", *words)
    buffer = ctypes.create_string_buffer(data, len(data))
    return system_call(number("landlock_create_ruleset"), buffer, len(data), 0)


def _missing() -> Missing | None:
    if reason := only_on("linux"):
        return reason
    return None if version() else Missing("no Landlock")


def _steps(setting: Setting) -> list[Step]:
    return [prepare_system_call(number("landlock_restrict_self"), setting.ruleset, 0)]


def _holds(setting: Setting) -> bool:
    def attempt() -> None:
        path = f"/tmp/grader-probe-{os.getpid()}"
        os.mkdir(path)
        os.rmdir(path)

    return is_denied(attempt) and is_denied(lambda: os.close(os.open("/", os.O_RDONLY)))


LANDLOCK = Mechanism(
    "Landlock",
    _missing,
    _steps,
    _holds,
    needs=("no new privileges",),
)
