"""A user of its own for each child, where the grader runs as root.

Denies: what only root may do (mount, chroot, raise a limit, load a module, set the clock), files that are not
everybody's, signals to the grader and to other submissions. An ordinary user's
grader cannot change users; its children stay that user, and the other mechanisms hold them.
Seen to hold: the way back to root is closed.
"""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path

from grader.sandbox.mechanisms.mechanism import Mechanism, Missing, Setting, Step, is_denied, only_on

_BEYOND_ALL = 0x70000000
"""Plus a process id: unique among the living. No distribution gives out users up here."""
_SMALL_FIRST, _SMALL_COUNT = 61184, 4336
"""systemd's range for users that come and go, inside the 65,536 that a container usually maps."""


Mapping = tuple[tuple[int, ...], ...]
"""Lines of a ``/proc/self/uid_map``: first user inside, first outside, how many."""


def user_for(process: int, mapping: Mapping) -> int | None:
    """The user that child ``process`` becomes; None when none is mapped."""
    for user in (_BEYOND_ALL + process, _SMALL_FIRST + process % _SMALL_COUNT):
        for inside, _, length in mapping:
            if inside <= user < inside + length:
                return user
    return None


@cache  # asked in the zygote, so that its children need not open a file
def _mapping(kind: str) -> Mapping:
    text = Path(f"/proc/self/{kind}_map").read_text(encoding="ascii")
    return tuple(tuple(map(int, line.split())) for line in text.splitlines() if line.strip())


def _missing() -> Missing | None:
    if reason := only_on("linux"):
        return reason
    if os.geteuid() != 0:
        return Missing("not root")
    try:
        mapped = all(user_for(os.getpid(), _mapping(kind)) is not None for kind in ("uid", "gid"))
    except OSError:
        return Missing("unknown users")
    return None if mapped else Missing("no spare users")


def _become() -> None:
    user, group = user_for(os.getpid(), _mapping("uid")), user_for(os.getpid(), _mapping("gid"))
    assert user is not None
    assert group is not None
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def _steps(setting: Setting) -> list[Step]:
    return [partial(os.setgroups, []), _become]


def _holds(setting: Setting) -> bool:
    return os.getuid() != 0 and is_denied(lambda: os.setresuid(0, 0, 0)) and is_denied(lambda: os.chroot("/"))


OWN_USER = Mechanism(
    "own user",
    _missing,
    _steps,
    _holds,
)
