"""Paths on ½ (a x² + b y²): the part of the plane that is shown, level lines, start and minimum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.reporting.axes import Axis, between, place
from grader.reporting.strokes import Point, inside

_LEVELS = 7
_MARGIN = 0.08
"""Of the picture on each side."""
_FLATTEST = 0.2
"""No side of the picture spans less of the plane than this share of the other: a run along an axis."""
_ROUNDEST = 1e5
"""Level lines with longer half axes are straight, and are left out."""


@dataclass(frozen=True, slots=True)
class Contour:
    """The half axes of one level line around the minimum."""

    rx: float
    ry: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with a name beside it."""

    kind: str
    x: float
    y: float
    text: str
    text_y: float
    anchor: str


def valley_axes(yours: Sequence[Point], known: Sequence[Point], x_ticks: int, y_ticks: int) -> tuple[Axis, Axis]:
    """The axes of a picture that holds the minimum and the reference's path, and of the other what is near.

    Where there is no path to hold on to, the picture is what a run from the same start would need.
    """
    limits = []
    for axis in (0, 1):
        held = [point[axis] for point in known] or [sign * p[axis] for p in yours[:1] for sign in (1, -0.5)]
        low, high = min(0.0, *held), max(0.0, *held)
        room = (high - low) / 2
        near = [p[axis] for p in yours if low - room <= p[axis] <= high + room]
        limits.append((min(low, *near), max(high, *near)) if near else (low, high))
    least = _FLATTEST * max(high - low for low, high in limits) or 1.0
    x_axis, y_axis = (
        between(low - room, high + room, count)
        for (low, high), count in zip(limits, (x_ticks, y_ticks), strict=True)
        for room in [max(_MARGIN * (high - low), (least - (high - low)) / 2)]
    )
    return x_axis, y_axis


def contours(valley: tuple[float, float], x_axis: Axis, y_axis: Axis, width: float, height: float) -> list[Contour]:
    """Level lines out to the furthest corner, at heights that grow with the square: evenly apart to the eye."""
    a, b = valley
    if not (0 < a < math.inf and 0 < b < math.inf):
        return []
    x, y = (max(abs(axis.low), abs(axis.high)) for axis in (x_axis, y_axis))
    top = math.hypot(math.sqrt(a) * x, math.sqrt(b) * y)
    rx = top / math.sqrt(a) / (x_axis.high - x_axis.low) * width / _LEVELS
    ry = top / math.sqrt(b) / (y_axis.high - y_axis.low) * height / _LEVELS
    if not max(rx, ry) * _LEVELS < _ROUNDEST:
        return []
    return [Contour(round(k * rx, 1), round(k * ry, 1)) for k in range(1, _LEVELS + 1)]


def marks(start: Point, x_axis: Axis, y_axis: Axis, width: float, height: float) -> tuple[Mark, Mark | None]:
    """The minimum, and the start where it is in the picture; their names keep out of each other's way."""
    low = (width * place(x_axis, 0.0), height * (1 - place(y_axis, 0.0)))
    minimum = _mark("minimum", low, below=start[1] <= low[1], width=width, height=height)
    above = start[1] <= low[1]
    begin = _mark("start", start, below=not above, width=width, height=height)
    return minimum, begin if inside(start, width, height) else None


def _mark(name: str, at: Point, *, below: bool, width: float, height: float) -> Mark:
    x, y = at
    y_text = y + 18 if below else y - 9
    if not 12 <= y_text <= height - 3:
        y_text = y - 9 if below else y + 18
    anchor = "start" if x < 0.15 * width else "end" if x > 0.85 * width else "middle"
    return Mark(name, round(x, 1), round(y, 1), name, round(y_text, 1), anchor)
