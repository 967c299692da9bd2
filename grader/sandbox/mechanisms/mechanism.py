"""What every mechanism of the seal says of itself."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from grader.sandbox.limits import Limits

MissingReason = Literal[
    "other system",
    "unknown machine",
    "no limits",
    "no fork",
    "no MDWE",
    "no Landlock",
    "not root",
    "unknown users",
    "no spare users",
    "switched off",
    "not applied",
    "no answer",
    "no effect",
]

DENIAL_ERRORS = frozenset({errno.EPERM, errno.EACCES, errno.EMFILE, errno.EAGAIN, errno.ENOSYS, errno.ENOMEM})
"""Errors that mean *you may not*, beside those that mean *there is no such thing*."""


Step = Callable[[], object]
"""A call that binds the process that makes it. It raises OSError where it fails."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a child before it is forked."""

    limits: Limits
    zygote: int
    """The process that must outlive it."""
    ruleset: int = -1
    """Descriptor of the Landlock ruleset, or -1."""
    mechanisms: tuple[str, ...] = ()
    """Names of all the mechanisms that are applied in this child."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a mechanism is not used; ``detail`` is the machine's name, or what the system said."""

    reason: MissingReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One way to hold student code, applied once and for good in a child.

    What it denies is told by the catalogue, as ``mechanism.<name>``.
    """

    name: str
    missing: Callable[[], Missing | None]
    """Why this system has no such thing; None where it has."""
    steps: Callable[[Setting], Sequence[Step]]
    """What a child does to bind itself for good, in order: made before it is forked."""
    holds: Callable[[Setting], bool]
    """Run in a child where only this was applied: is what it denies seen to be denied?"""
    needs: tuple[str, ...] = ()
    """Mechanisms that the kernel wants to see applied first."""
    prepare: Callable[[], object] = lambda: None
    """What can be done once for all children, before the first is forked."""


def is_denied(attempt: Callable[[], object]) -> bool:
    """Whether an attempt fails as something that one may not do. It must leave nothing behind."""
    try:
        attempt()
    except OSError as error:
        return error.errno in DENIAL_ERRORS
    except (MemoryError, ValueError):  # setrlimit says ValueError
        return True
    return False


def only_on(*platforms: str) -> Missing | None:
    """The reason to give elsewhere than on ``platforms`` (values of ``sys.platform``)."""
    return None if sys.platform in platforms else Missing("other system")
