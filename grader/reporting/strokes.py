"""Points of a picture → the paths of an SVG: thinned, cut at the frame, in few characters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
"""In units of the picture, y downward; NaN where a value has no place."""

MOST = 120
"""Points of one line that a picture of this size can show."""


def drawable(point: Point) -> bool:
    """Whether a point has a place."""
    return math.isfinite(point[0]) and math.isfinite(point[1])


def inside(point: Point, width: float, height: float) -> bool:
    """Whether a point is within the frame, or on it."""
    return 0 <= point[0] <= width and 0 <= point[1] <= height  # NaN is not


def thinned(points: Sequence[Point], most: int = MOST) -> list[Point]:
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
    """The pieces of a line that are in the frame; it breaks where a point has no place."""
    pieces: list[list[Point]] = []
    before: Point | None = None
    for point in points:
        if not drawable(point):
            before = None
            continue
        if before is None:
            if inside(point, width, height):
                pieces.append([point])
        elif (visible := _visible(before, point, width, height)) is not None:
            start, end = visible
            if not pieces or pieces[-1][-1] != start:
                pieces.append([start])
            pieces[-1].append(end)
        before = point
    return pieces


def path(pieces: Iterable[Sequence[Point]]) -> str:
    """Path data to a tenth of a unit, in relative steps: half as long as absolute places."""
    written = []
    for piece in pieces:
        tenths = [(round(10 * x), round(10 * y)) for x, y in piece]
        steps = [
            _pair(x - x0, y - y0) for (x0, y0), (x, y) in zip(tenths, tenths[1:], strict=False)
        ]  # fmt: skip
        way = "l" + "".join(step if step[0] == "-" or not i else f" {step}" for i, step in enumerate(steps))
        written.append(f"M{_pair(*tenths[0])}{way if steps else 'h0'}")  # a point alone is a round dot
    return "".join(written)


def dots(points: Iterable[Point], width: float, height: float) -> str:
    """Path data of one dot for each point in the frame."""
    return path([point] for point in points if inside(point, width, height))


def _extremes(stretch: Sequence[Point]) -> set[int]:
    """Which points of a stretch are furthest out each way, and the first that has no place."""
    placed = [i for i, point in enumerate(stretch) if drawable(point)]
    gaps = [i for i, point in enumerate(stretch) if not drawable(point)]
    ends = {pick(placed, key=lambda i: stretch[i][axis]) for axis in (0, 1) for pick in (min, max) if placed}
    return ends | set(gaps[:1])


def _pair(x: int, y: int) -> str:
    down = _tenths(y)
    return _tenths(x) + (down if down[0] == "-" else f" {down}")


def _tenths(number: int) -> str:
    """A number of tenths as SVG reads it: −3 is ``-.3``, 20 is ``2``."""
    whole, rest = divmod(abs(number), 10)
    text = f"{whole or '' if rest else whole}" + (f".{rest}" if rest else "")
    return f"-{text}" if number < 0 else text


def _visible(start: Point, end: Point, width: float, height: float) -> tuple[Point, Point] | None:
    """The part of a straight line that is in the frame (Liang and Barsky, 1984)."""
    first, last = 0.0, 1.0
    steps = (end[0] - start[0], end[1] - start[1])
    for at, step, size in ((start[0], steps[0], width), (start[1], steps[1], height)):
        for toward, room in ((-step, at), (step, size - at)):
            if toward == 0:
                if room < 0:
                    return None
            elif toward < 0:
                first = max(first, room / toward)
            else:
                last = min(last, room / toward)
    if first > last:
        return None
    begin = start if first == 0 else (start[0] + first * steps[0], start[1] + first * steps[1])
    finish = end if last == 1 else (start[0] + last * steps[0], start[1] + last * steps[1])
    return begin, finish
