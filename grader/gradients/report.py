"""What a gradient check found, array by array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["pass", "fail", "kink", "inconclusive"]


@dataclass(frozen=True, slots=True)
class ArrayReport:
    """One array's gradient. Errors are relative to ‖g∘u‖ along the directions u that were tried.

    ``resolution``: the smallest relative error that would have been seen.
    """

    status: Status
    relative_error: float
    resolution: float
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class GradientReport:
    """A whole check: ``arrays`` by name, the forward ``evaluations`` it took, and ``notes`` for a person."""

    status: Status
    arrays: dict[str, ArrayReport]
    evaluations: int
    notes: tuple[str, ...] = ()


def overall(arrays: dict[str, ArrayReport]) -> Status:
    """The worst status of all arrays: fail, then kink, then inconclusive, then pass."""
    order: tuple[Status, ...] = ("fail", "kink", "inconclusive", "pass")
    seen = {array.status for array in arrays.values()}
    return next((status for status in order if status in seen), "inconclusive")
