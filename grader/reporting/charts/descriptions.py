"""What a chart shows, for who does not see it: in words, and as a table."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from grader.model import Plot
from grader.reporting.charts.axes import LARGEST, Frame, position, reading
from grader.reporting.charts.strokes import Point, drawable
from grader.reporting.charts.traces import Trace, partner
from grader.reporting.text import count_of

ROWS = 21
"""About so many rows a table has at most: of a hundred steps, each fifth."""
_INVISIBLE = 1.0
"""Units of the picture that nobody sees."""
_NOTABLE = 0.1
"""A peak is told that stands out of a line's ends by this share of all that the line spans."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart; the first column says where."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def about(plot: Plot, traces: Sequence[Trace]) -> str:
    """Where each line begins and ends, and how far it goes in between."""
    drawn = [(trace, _drawable_points(trace)) for trace in traces]
    drawn = [(trace, points) for trace, points in drawn if points]
    if plot.quadratic:
        return " ".join(
            f"{trace.name}: {count_of(len(points), 'point')} from {_pair(points[0])} to {_pair(points[-1])}."
            for trace, points in drawn
        )
    ends = min(points[0][0] for _, points in drawn), max(points[-1][0] for _, points in drawn)
    span = f"from {position(ends[0])} to {position(ends[1])}"
    text = " ".join(_line_text(plot, trace, points, ends) for trace, points in drawn)
    return f"{plot.y_label} by {plot.x_label}, {span}. {text}"


def notes(plot: Plot, traces: Sequence[Trace], frame: Frame) -> str:
    """What the picture cannot show: values without a place, lines that leave it, lines that hide others."""
    words = [
        word for trace in traces for word in (_departure(plot, trace, frame), _gaps(plot, trace)) if word
    ]
    pairs = [(trace, other) for trace in traces if (other := partner(trace, traces)) is not None]
    same = [trace for trace, other in pairs if _same(trace.places, other.places)]
    if same and len(same) == len(pairs):
        words.append(f"Your {'line' if len(same) == 1 else 'lines'} and the reference’s are the same.")
    elif same:
        words.append(f"The same as the reference’s: {', '.join(_subject(trace) for trace in same)}.")
    return " ".join(words)


def table(plot: Plot, traces: Sequence[Trace], frame: Frame) -> Table:
    """The values side by side, at about ``ROWS`` places where there are more."""
    if plot.quadratic:
        return _path_table(plot, traces, frame)
    spots = sorted({x for trace in traces for x, _ in trace.data if abs(x) < LARGEST})
    chosen = [spots[i] for i in _evenly(len(spots))]
    reach = (spots[-1] - spots[0]) / (2 * ROWS) if len(chosen) < len(spots) else 0.0
    span = frame.y.high - frame.y.low
    columns = [[_cell(plot, y, span) for y in _nearest(trace, chosen, reach)] for trace in traces]
    rows = tuple((position(x), *cells) for x, *cells in zip(chosen, *columns, strict=True))
    unit = ", in %" if plot.scale == "share" else ""
    what = "" if plot.y_label in plot.title else f": {plot.y_label}"
    return Table(f"{plot.title}{what}{unit}", (plot.x_label, *(t.name for t in traces)), rows)


def _drawable_points(trace: Trace) -> list[Point]:
    return [point for point, at in zip(trace.data, trace.places, strict=True) if drawable(at)]


def _line_text(plot: Plot, trace: Trace, points: Sequence[Point], ends: Point) -> str:
    (first_x, first), (last_x, last) = points[0], points[-1]
    text = f"{trace.name}: {_value(plot, first)}"
    text += f" at {position(first_x)}" if first_x != ends[0] or len(points) == 1 else ""
    if len(points) > 1:
        text += f" to {_value(plot, last)}" + (f" at {position(last_x)}" if last_x != ends[1] else "")
    low, high = (pick(points, key=lambda point: point[1]) for pick in (min, max))
    room = _NOTABLE * (high[1] - low[1])
    if low[1] < min(first, last) - room:
        text += f", lowest {_value(plot, low[1])} at {position(low[0])}"
    if high[1] > max(first, last) + room:
        text += f", highest {_value(plot, high[1])} at {position(high[0])}"
    return f"{text}."


def _gaps(plot: Plot, trace: Trace) -> str:
    missing = [index for index, at in enumerate(trace.places) if not drawable(at)]
    if not missing:
        return ""
    x, y = trace.data[missing[0]]
    text = f"{_pair((x, y))}" if plot.quadratic else f"{reading(y)} at {plot.x_label} {position(x)}"
    if len(missing) == 1:
        return f"{_subject(trace)} has a value that cannot be drawn: {text}."
    return f"{_subject(trace)} has {len(missing)} values that cannot be drawn, the first is {text}."


def _departure(plot: Plot, trace: Trace, frame: Frame) -> str:
    reach, fall = frame.width + _INVISIBLE, frame.height + _INVISIBLE
    out = [
        index
        for index, (x, y) in enumerate(trace.places)
        if drawable((x, y)) and not (-_INVISIBLE <= x <= reach and -_INVISIBLE <= y <= fall)
    ]
    if not out:
        return ""
    first = trace.data[out[0]]
    if plot.quadratic:
        return f"{_subject(trace)} leaves the picture at point {out[0] + 1}, {_pair(first)}."
    furthest = max((trace.data[index][1] for index in out), key=abs)
    return (
        f"{_subject(trace)} leaves the picture at {plot.x_label} {position(first[0])} "
        f"and gets as far as {_value(plot, furthest)}."
    )


def _same(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two lines cannot be told apart in the picture."""
    return len(one) == len(other) and all(
        drawable(a) == drawable(b) and not abs(a[0] - b[0]) > _INVISIBLE and not abs(a[1] - b[1]) > _INVISIBLE
        for a, b in zip(one, other, strict=True)
    )


def _nearest(trace: Trace, spots: Sequence[float], reach: float) -> list[float | None]:
    """A line's values at these places, or at its own points that are nearest to them and within reach."""
    points = sorted((x, index) for index, (x, _) in enumerate(trace.data) if abs(x) < LARGEST)
    values: list[float | None] = []
    for spot in spots:
        at = bisect_left(points, (spot, 0))
        beside = points[max(0, at - 1) : at + 1]
        x, index = min(beside, key=lambda point: abs(point[0] - spot), default=(math.inf, 0))
        values.append(trace.data[index][1] if abs(x - spot) <= reach else None)
    return values


def _path_table(plot: Plot, traces: Sequence[Trace], frame: Frame) -> Table:
    spans = (frame.x.high - frame.x.low, frame.y.high - frame.y.low)

    def cells(trace: Trace, index: int) -> tuple[str, ...]:
        point = trace.data[index] if index < len(trace.data) else (None, None)
        return tuple(_cell(plot, v, span / 10) for v, span in zip(point, spans, strict=True))

    head = tuple(f"{trace.name}, {axis}" for trace in traces for axis in (plot.x_label, plot.y_label))
    rows = tuple(
        (str(index + 1), *(cell for trace in traces for cell in cells(trace, index)))
        for index in _evenly(max(len(trace.data) for trace in traces))
    )
    return Table(plot.title, ("point", *head), rows)


def _evenly(count: int) -> list[int]:
    """About ROWS of so many places at most: the first, equal steps, and the last."""
    step = max(1, math.ceil((count - 1) / (ROWS - 1)))
    return sorted({*range(0, count, step), count - 1})


def _subject(trace: Trace) -> str:
    return {"yours": "Your line", "reference": "The reference"}.get(trace.name, f"`{trace.name}`")


def _pair(point: Point) -> str:
    return f"({reading(point[0])}, {reading(point[1])})"


def _value(plot: Plot, value: float) -> str:
    return (
        f"{reading(100 * value)}\N{NO-BREAK SPACE}%"
        if plot.scale == "share" and math.isfinite(value)
        else reading(value)
    )


def _cell(plot: Plot, value: float | None, span: float) -> str:
    """A value of a column: as many decimals as its neighbours, so that the points stand below one another."""
    if value is None:
        return ""
    if plot.scale == "share" and math.isfinite(value):
        value, span = 100 * value, 10.0
    if plot.scale == "log" or not abs(value) < 1e5 or not 1e-3 < span < 1e5:
        return reading(value)
    return f"{value:.{max(0, 2 - math.floor(math.log10(span)))}f}".replace("-", "−")
