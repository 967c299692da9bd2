"""Points of a picture → the paths of an SVG: thinned, cut at the frame, in few characters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
"""In units of the picture, y downward; NaN where a value has no place."""


def drawable(point: Point) -> bool:
    """Whether a point has a place."""
    return math.isfinite(point[0]) and math.isfinite(point[1])


def inside(point: Point, width: float, height: float) -> bool:
    """Whether a point is within the frame, or on it."""
    return 0 <= point[0] <= width and 0 <= point[1] <= height  # NaN is not


def downsample(points: Sequence[Point], most: int) -> list[Point]:
    """At most about ``most`` of the points: of each stretch its extremes, so that no peak and no gap is lost.

    M4 aggregation: Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014.
    """
    if len(points) <= most:
        return list(points)
    stretches = most // 4
    kept: list[Point] = []
    for k in range(stretches):
        stretch = points[k * len(points) // stretches : (k + 1) * len(points) // stretches]
        kept += [stretch[i] for i in sorted(_extremes(stretch))]
    return kept


def cut(points: Iterable[Point], width: float, height: float) -> list[list[Point]]:
    """The pieces of a line that are in the frame; it breaks where a point has no place.

    A step from outside to outside is left out even where it crosses: a run that swings ever further would
    fill the picture.
    """
    pieces: list[list[Point]] = []
    before: Point | None = None
    for point in points:
        was_in = before is not None and inside(before, width, height)
        if inside(point, width, height):
            if not was_in:
                pieces.append([] if before is None else [_border(point, before, width, height)])
            pieces[-1].append(point)
        elif before is not None and was_in and drawable(point):
            pieces[-1].append(_border(before, point, width, height))
        before = point if drawable(point) else None
    return pieces


def path(pieces: Iterable[Sequence[Point]]) -> str:
    """Path data in tenths of a unit and in relative steps: half as long as decimal places would be."""
    return "".join(map(_piece, pieces))


def dots(points: Iterable[Point], width: float, height: float) -> str:
    """Path data of one dot for each point in the frame."""
    return path([point] for point in points if inside(point, width, height))


def _piece(points: Sequence[Point]) -> str:
    tenths = [(round(10 * x), round(10 * y)) for x, y in points]
    (x, y), *_ = tenths
    if len(tenths) == 1:
        return f"M{x} {y}h0"  # with round ends, a dot
    numbers = [
        after - before
        for one, next_one in pairwise(tenths)
        for before, after in zip(one, next_one, strict=True)
    ]
    return f"M{x} {y}l" + " ".join(map(str, numbers)).replace(" -", "-")


def _border(inner: Point, outer: Point, width: float, height: float) -> Point:
    """Where the straight line to a point outside leaves the frame."""
    share = 1.0
    for start, end, size in ((inner[0], outer[0], width), (inner[1], outer[1], height)):
        if not 0 <= end <= size:
            share = min(share, ((size if end > size else 0.0) - start) / (end - start))
    return inner[0] + share * (outer[0] - inner[0]), inner[1] + share * (outer[1] - inner[1])


def _extremes(stretch: Sequence[Point]) -> set[int]:
    """Which points of a stretch are furthest out each way, and the first that has no place."""
    placed = [i for i, point in enumerate(stretch) if drawable(point)]
    gaps = [i for i, point in enumerate(stretch) if not drawable(point)]
    ends = {pick(placed, key=lambda i: stretch[i][axis]) for axis in (0, 1) for pick in (min, max) if placed}
    return ends | set(gaps[:1])
