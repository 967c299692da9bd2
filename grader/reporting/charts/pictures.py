"""Numbers → the geometry of two small pictures: an error on a log scale, and a heat map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.model import Outcome
from grader.reporting.text import figure, is_number

BAR = 320.0
"""Width of the log scale in units of its view box: 16 decades of 20."""
_LARGEST = 64
"""Rows and columns of a heat map; grading makes 16 at most."""
_DECADES = 16


@dataclass(frozen=True, slots=True)
class ErrorBar:
    """An error and its tolerance on the scale 1e−16 … 1."""

    error_x: float
    tolerance_x: float
    error: str
    tolerance: str
    beyond: bool
    """Off the scale: larger than 1, or not finite."""
    words: str


def error_bar(outcome: Outcome) -> ErrorBar | None:
    """The bar of an outcome that was measured; None for others."""
    error, tolerance = outcome.measurements.get("scaled_error"), outcome.measurements.get("tolerance")
    if not is_number(error) or not is_number(tolerance):
        return None
    beyond = not error <= 1
    words = f"The error is {figure(error)}; up to {figure(tolerance)} counts as right."
    return ErrorBar(_place(error), _place(tolerance), figure(error), figure(tolerance), beyond, words)


def _place(value: float) -> float:
    if not math.isfinite(value) or value >= 1:
        return BAR
    if value <= 10**-_DECADES:
        return 0.0
    return round(BAR * (1 + math.log10(value) / _DECADES), 1)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Squares by how wrong they are: one path a shade, in units of one square."""

    rows: int
    columns: int
    shades: tuple[tuple[str, str, str], ...]
    """Class of colour, words for the legend, path."""
    numbers: str
    pooled: bool
    words: str


_SHADES = ((0.01, "h1", "up to 1 %"), (0.1, "h2", "up to 10 %"), (0.5, "h3", "up to 50 %"))


def heat_map(outcome: Outcome) -> HeatMap | None:
    """The heat map of an outcome's evidence; None where there is none, or a single square."""
    heat = outcome.evidence.heat if outcome.evidence is not None else ()
    if not heat or len({len(row) for row in heat}) != 1 or len(heat) * len(heat[0]) < 2:
        return None
    if max(len(heat), len(heat[0])) > _LARGEST:
        return None
    tolerance = outcome.measurements.get("tolerance", 1e-7)
    limits = ((tolerance if is_number(tolerance) else 1e-7, "h0", "right"), *_SHADES)
    paths: dict[str, list[str]] = {}
    for y, row in enumerate(heat):
        for x, value in enumerate(row):
            shade = next((name for limit, name, _ in limits if value <= limit), "h4")
            paths.setdefault(shade, []).append(f"M{x} {y}h1v1h-1z")
    legend = [(name, words) for _, name, words in limits] + [("h4", "over 50 %")]
    shades = tuple((name, words, "".join(paths[name])) for name, words in legend if name in paths)
    wrong = sum(value > limits[0][0] or math.isnan(value) for row in heat for value in row)
    squares = len(heat) * len(heat[0])
    pooled = len(heat) >= 16 or len(heat[0]) >= 16
    return HeatMap(
        len(heat),
        len(heat[0]),
        shades,
        _table(heat),
        pooled,
        f"{wrong} of {squares} {'areas' if pooled else 'entries'} are wrong.",
    )


def _table(heat: Sequence[Sequence[float]]) -> str:
    """The numbers of a heat map as aligned text."""
    shown = [[figure(value) for value in row] for row in heat]
    width = max(len(text) for row in shown for text in row)
    return "\n".join("  ".join(f"{text:>{width}}" for text in row) for row in shown)
