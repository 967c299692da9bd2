"""Resource limits of a child: how much memory, processor time and disk student code may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory`` in bytes of address space, ``cpu`` in seconds for the life of a child."""

    memory: int = 1 << 30
    cpu: int = 30


def apply(limits: Limits) -> None:
    """Bind this process for good. A limit that the system does not know is left out."""
    import resource

    wanted = {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_AS": (limits.memory, limits.memory),
        "RLIMIT_CPU": (limits.cpu, limits.cpu + 1),  # SIGXCPU, which says why; a second later SIGKILL
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_NOFILE": (16, 16),
        "RLIMIT_NPROC": (0, 0),  # no new process or thread (not enforced for root: the seal's work)
    }
    for name, bounds in wanted.items():
        limit = getattr(resource, name, None)
        if limit is not None:
            resource.setrlimit(limit, bounds)
