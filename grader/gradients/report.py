"""What a gradient check found, array by array: typed, and in the student's sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["pass", "fail", "kink", "inconclusive"]
Convention = Literal["x > 0", "x >= 0", "between", "outside"]
Mistake = Literal[
    "contract", "sign", "factor", "transposed", "rows reversed", "rows swapped", "zero", "parameter",
    "constant", "special value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a gradient that are wrong; what is not listed was seen to be right.

    Of an array (d0, d1, …, dk) a row is one index along d0, a column one of the d1·…·dk flattened others.
    ``elements`` are full indices. ``heat``: a picture of at most 16×16 blocks, each the largest error of its
    places relative to the gradient's rms.
    """

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    elements: tuple[tuple[int, ...], ...] = ()
    heat: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ArrayReport:
    """One array's gradient. Errors are relative to ‖g∘u‖ along the directions u that were tried.

    ``resolution``: the smallest relative error that would have been seen. ``finding``: one sentence;
    ``mistake`` and ``convention`` are what it rests on.
    """

    status: Status
    relative_error: float
    resolution: float
    finding: str | None = None
    where: Where | None = None
    mistake: Mistake | None = None
    convention: Convention | None = None


@dataclass(frozen=True, slots=True)
class GradientReport:
    """A whole check: ``arrays`` by name, the forward ``evaluations`` it took, and ``notes`` for a person."""

    status: Status
    arrays: dict[str, ArrayReport]
    evaluations: int
    notes: tuple[str, ...] = ()

    def explain(self) -> str:
        """Sentences for the student, one line an array, then the notes."""
        lines = [f"{name}: {_sentence(array)}" for name, array in self.arrays.items()]
        return "\n".join([*lines, *(f"Note: {note}." for note in self.notes)])


def _sentence(array: ArrayReport) -> str:
    if array.status == "pass":
        return f"this is the derivative (an error of {array.resolution:.0e} would have been seen)."
    if array.status == "inconclusive":
        cause = f" {array.finding}." if array.finding else ""
        return f"could not be decided: an error below {array.resolution:.1g} would not have been seen.{cause}"
    verdict = "this is not the derivative" if array.status == "fail" else "a convention decides here"
    return f"{verdict}: {array.finding}." if array.finding else f"{verdict}."


def overall(arrays: dict[str, ArrayReport]) -> Status:
    """The worst status of all arrays: fail, then kink, then inconclusive, then pass."""
    order: tuple[Status, ...] = ("fail", "kink", "inconclusive", "pass")
    seen = {array.status for array in arrays.values()}
    return next((status for status in order if status in seen), "inconclusive")
