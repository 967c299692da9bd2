"""Paths on ½ (a x² + b y²): the part of the plane that is shown, and the level lines in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.reporting.charts.axes import Axis, Frame, at, between
from grader.reporting.charts.strokes import Point

_LEVELS = 7
_MARGIN = 0.08
"""Of the picture on each side."""
_NEAR = 0.75
"""How far out of the reference's picture a run is followed, as a share of that picture."""
_FLATTEST = 0.2
"""No side of the picture spans less of the plane than this share of the other: a run along an axis."""
_ROUNDEST = 1e5
"""Level lines with longer half axes are straight, and are left out."""


@dataclass(frozen=True, slots=True)
class Contours:
    """What lies under the paths: the minimum, and the half axes of the level lines around it."""

    x: float
    y: float
    levels: tuple[tuple[float, float], ...]


def contour_axes(
    yours: Sequence[Point], reference: Sequence[Point], x_ticks: int, y_ticks: int
) -> tuple[Axis, Axis]:
    """The axes of a picture that holds the minimum and the reference's path, and of the other what is near.

    Where there is no path to hold on to, the picture is what a run from the same start would need.
    """
    held = reference or [point for x, y in yours[:1] for point in ((x, y), (-x / 3, -y / 3))]
    limits = []
    for axis in (0, 1):
        low, high = _extended(0.0, 0.0, held, axis, math.inf)
        low, high = _extended(low, high, yours[:1], axis, 2 * (high - low))
        limits.append(_extended(low, high, yours, axis, _NEAR * (high - low)))
    least = _FLATTEST * max(high - low for low, high in limits) or 1.0
    x_axis, y_axis = (
        between(low - room, high + room, count)
        for (low, high), count in zip(limits, (x_ticks, y_ticks), strict=True)
        for room in [max(_MARGIN * (high - low), (least - (high - low)) / 2)]
    )
    return x_axis, y_axis


def quadratic(sizes: tuple[float, float], frame: Frame) -> Contours:
    """The minimum, and level lines out to the furthest corner, evenly apart: of heights k² × the lowest."""
    x, y = (round(place, 1) for place in at(frame, 0.0, 0.0))
    a, b = sizes
    if not (0 < a < math.inf and 0 < b < math.inf):
        return Contours(x, y, ())
    corner = (max(abs(axis.low), abs(axis.high)) for axis in (frame.x, frame.y))
    top = math.hypot(*(math.sqrt(size) * far for size, far in zip(sizes, corner, strict=True)))
    rx = top / math.sqrt(a) / (frame.x.high - frame.x.low) * frame.width
    ry = top / math.sqrt(b) / (frame.y.high - frame.y.low) * frame.height
    if not max(rx, ry) < _ROUNDEST:
        return Contours(x, y, ())
    shares = (k / _LEVELS for k in range(1, _LEVELS + 1))
    return Contours(x, y, tuple((round(share * rx, 1), round(share * ry, 1)) for share in shares))


def _extended(
    low: float, high: float, points: Sequence[Point], axis: int, room: float
) -> tuple[float, float]:
    """The ends, moved out to those of the points that are no further than ``room`` beyond them."""
    near = [point[axis] for point in points if low - room <= point[axis] <= high + room]
    return min([low, *near]), max([high, *near])
