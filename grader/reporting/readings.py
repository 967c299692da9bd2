"""What a chart shows, for who does not see it: in words, and as a table."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from grader.model import Plot
from grader.reporting.axes import LARGEST, reading
from grader.reporting.strokes import drawable
from grader.reporting.text import counted
from grader.reporting.traces import Trace, partner

ROWS = 25
"""Rows of a table at most."""
_EDGE = 1.0
"""Units of the picture that nobody sees."""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers of a chart: the first column says where."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def about(plot: Plot, traces: Sequence[Trace]) -> str:
    """Where each line begins and ends, and how far it goes in between."""
    tell = _path_told if plot.valley else _line_told
    return " ".join(tell(plot, trace) for trace in traces)


def notes(plot: Plot, traces: Sequence[Trace], width: float, height: float) -> str:
    """What the picture cannot show: values without a place, lines that leave it, lines that hide others."""
    told = [said for trace in traces for said in (_gaps(plot, trace), _left(plot, trace, width, height)) if said]
    pairs = [(trace, other) for trace in traces if (other := partner(trace, traces)) is not None]
    same = [trace for trace, other in pairs if _same(trace, other)]
    if same and len(same) == len(pairs):
        told.append(f"Your {'line' if len(same) == 1 else 'lines'} and the reference’s are the same.")
    elif same:
        told.append(f"The same as the reference’s: {', '.join(_subject(trace) for trace in same)}.")
    return " ".join(told)


def table(plot: Plot, traces: Sequence[Trace]) -> Table:
    """The lines' values side by side, at places that are spread evenly where there are many."""
    if plot.valley:
        return _path_table(traces)
    spots = sorted({x for trace in traces for x, _ in trace.data if abs(x) < LARGEST})
    chosen = [spots[i] for i in _spread(len(spots))]
    reach = (spots[-1] - spots[0]) / (2 * ROWS) if len(chosen) < len(spots) else 0.0
    columns = [_column(plot, trace, chosen, reach) for trace in traces]
    rows = tuple((reading(x, 4), *cells) for x, *cells in zip(chosen, *columns, strict=True))
    return Table((plot.x_label, *(trace.name for trace in traces)), rows)


def _column(plot: Plot, trace: Trace, spots: Sequence[float], reach: float) -> list[str]:
    """A line's values at the spots, or at its own nearest points within reach."""
    points = sorted((x, index) for index, (x, _) in enumerate(trace.data) if abs(x) < LARGEST)
    cells = []
    for spot in spots:
        at = bisect_left(points, (spot, 0))
        x, index = min(points[max(0, at - 1) : at + 1], key=lambda p: abs(p[0] - spot), default=(math.nan, 0))
        cells.append(_value(plot, trace.data[index][1]) if abs(x - spot) <= reach else "")
    return cells


def _path_table(traces: Sequence[Trace]) -> Table:
    def cells(trace: Trace, step: int) -> tuple[str, ...]:
        return tuple(map(reading, trace.data[step])) if step < len(trace.data) else ("", "")

    steps = _spread(max(len(trace.data) for trace in traces))
    head = tuple(f"{trace.name}, {axis}" for trace in traces for axis in ("x", "y"))
    rows = tuple((str(step), *(cell for trace in traces for cell in cells(trace, step))) for step in steps)
    return Table(("step", *head), rows)


def _spread(count: int) -> list[int]:
    """At most ROWS of so many places, the first and the last among them."""
    if count <= ROWS:
        return list(range(count))
    return [round(k * (count - 1) / (ROWS - 1)) for k in range(ROWS)]


def _line_told(plot: Plot, trace: Trace) -> str:
    points = [point for point, at in zip(trace.data, trace.places, strict=True) if drawable(at)]
    if not points:
        return ""
    (first_x, first), (last_x, last) = points[0], points[-1]
    if len(points) == 1:
        return f"{trace.name}: {_value(plot, first)} at {plot.x_label} {reading(first_x, 4)}."
    told = (
        f"{trace.name}: from {_value(plot, first)} at {plot.x_label} {reading(first_x, 4)} "
        f"to {_value(plot, last)} at {reading(last_x, 4)}"
    )
    for word, pick in (("lowest", min), ("highest", max)):
        x, y = pick(points, key=lambda point: point[1])
        if _value(plot, y) not in (_value(plot, first), _value(plot, last)):
            told += f", {word} {_value(plot, y)} at {reading(x, 4)}"
    return f"{told}."


def _path_told(plot: Plot, trace: Trace) -> str:
    points = [point for point, at in zip(trace.data, trace.places, strict=True) if drawable(at)]
    if not points:
        return ""
    ends = " to ".join(f"({reading(x)}, {reading(y)})" for x, y in (points[0], points[-1]))
    return f"{trace.name}: {counted(len(points) - 1, 'step')} from {ends}."


def _gaps(plot: Plot, trace: Trace) -> str:
    missing = [i for i, at in enumerate(trace.places) if not drawable(at)]
    if not missing:
        return ""
    x, y = trace.data[missing[0]]
    where = "step" if plot.valley else plot.x_label
    first = f"({reading(x)}, {reading(y)}) at step {missing[0]}" if plot.valley else (
        f"{reading(y)} at {where} {reading(x, 4)}"
    )
    if len(missing) == 1:
        return f"{_subject(trace)} breaks off at a value that cannot be drawn: {first}."
    return f"{_subject(trace)} has {len(missing)} values that cannot be drawn, the first is {first}."


def _left(plot: Plot, trace: Trace, width: float, height: float) -> str:
    """A word on a line that goes further than the frame."""
    out = [
        i for i, (x, y) in enumerate(trace.places)
        if x < -_EDGE or x > width + _EDGE or y < -_EDGE or y > height + _EDGE
    ]  # fmt: skip
    if not out:
        return ""
    if plot.valley:
        return f"{_subject(trace)} leaves the picture at step {out[0]}."
    furthest = max((trace.data[i] for i in out), key=lambda point: abs(point[1]))
    return (
        f"{_subject(trace)} leaves the picture at {plot.x_label} {reading(trace.data[out[0]][0], 4)} "
        f"and goes as far as {_value(plot, furthest[1])}."
    )


def _same(trace: Trace, other: Trace) -> bool:
    """Whether two lines cannot be told apart in the picture."""
    return len(trace.places) == len(other.places) and all(
        (drawable(a) and drawable(b) and max(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _EDGE)
        or not (drawable(a) or drawable(b))
        for a, b in zip(trace.places, other.places, strict=True)
    )


def _subject(trace: Trace) -> str:
    return {"yours": "Your line", "reference": "The reference"}.get(trace.name, f"`{trace.name}`")


def _value(plot: Plot, value: float) -> str:
    return f"{reading(100 * value)} %" if plot.scale == "share" and math.isfinite(value) else reading(value)
