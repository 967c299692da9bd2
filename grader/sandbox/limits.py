"""Limits of memory, processor time and wall time for student code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use, and how long it is waited for."""

    memory: int = 1 << 30
    """Bytes of address space."""
    cpu: int = 30
    """Seconds of processor time in the life of a child."""
    load: float = 5.0
    """Seconds of wall time for one attempt to load a submission."""
    session: float = 120.0
    """Seconds of wall time for all that is asked of one submission; training has sessions of its own."""
    case: float | None = None
    """Seconds of wall time for one case, where less than the case's own deadline."""
