"""What a person should know of a level: what is still open, and how to get a higher one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from grader.sandbox.measure import Measurement
from grader.sandbox.mechanisms import Missing


@dataclass(frozen=True, slots=True)
class Advice:
    """How to reach `sealed`: what stands in the way, as a kind, and the reason that a mechanism gives."""

    obstacle: Literal["Windows", "macOS", "other system", "other machine", "filters", "unexpected"]
    platform: str = ""
    why: Missing | None = None


@dataclass(frozen=True, slots=True)
class TightLimit:
    """A limit of the caller's shell below what grading needs, both in its unit."""

    option: str
    """Of ``ulimit``: it names the limit."""
    soft: int
    needed: int
    unit: Literal["", "KB", "MB", "seconds"] = ""


def undenied_probes(measurement: Measurement) -> tuple[str, ...]:
    """Names of the probes that were not denied; empty where the level is `sealed`."""
    if measurement.level == "sealed":
        return ()
    return tuple(name for name, denied in measurement.attempts.items() if not denied)


def how_to_seal(platform: str, missing: Mapping[str, Missing]) -> Advice | None:
    """What to install or change to reach `sealed`, on ``platform`` (a value of ``sys.platform``)."""
    if platform == "win32":
        return Advice("Windows")
    if platform == "darwin":
        why = missing.get("sandbox_init")
        return Advice("macOS", why=why) if why is not None else None
    if platform != "linux":
        return Advice("other system", platform)
    why = missing.get("seccomp")
    if why is None:
        return Advice("unexpected")
    return Advice("other machine" if why.reason == "unknown machine" else "filters", why=why)


def advice(measurement: Measurement) -> Advice | TightLimit | None:
    """``how_to_seal`` for this system, or the limit that comes first; None when it is sealed already."""
    if measurement.level == "sealed":
        return None
    return tight_limit() or how_to_seal(sys.platform, measurement.missing)


def tight_limit() -> TightLimit | None:
    """A limit of the caller's shell below what grading needs: nothing else names the cause."""
    if sys.platform == "win32":
        return None
    import resource

    for option, name, needed, size, unit in _NEEDED:
        soft, _ = resource.getrlimit(getattr(resource, name))
        if soft != resource.RLIM_INFINITY and soft < needed:
            return TightLimit(option, soft // size, needed // size, unit)
    return None


_Unit = Literal["", "KB", "MB", "seconds"]
_NEEDED: tuple[tuple[str, str, int, int, _Unit], ...] = (
    ("-v", "RLIMIT_AS", 4 << 30, 1 << 20, "MB"),
    ("-d", "RLIMIT_DATA", 4 << 30, 1 << 20, "MB"),
    ("-t", "RLIMIT_CPU", 600, 1, "seconds"),
    ("-s", "RLIMIT_STACK", 1 << 20, 1 << 10, "KB"),
    ("-n", "RLIMIT_NOFILE", 32, 1, ""),
    ("-f", "RLIMIT_FSIZE", 16 << 20, 1 << 20, "MB"),
)
"""Option of `ulimit`, limit, how much is needed, the size of a unit, the unit. Address space is not memory:
little of it is used, but NumPy and a child's own limit ask for that much."""
