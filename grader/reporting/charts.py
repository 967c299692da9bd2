"""Plots → pictures: a place for every line, name and tick; the same in words and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.model import Line, Outcome, Plot
from grader.reporting.axes import LARGEST, Axis, Tick, between, decades, linear, place, shares
from grader.reporting.readings import Table, about, notes, table
from grader.reporting.strokes import Point, cut, dots, drawable, inside, path, thinned
from grader.reporting.traces import Trace, drawable_points, hues_of, traces
from grader.reporting.valleys import Contour, Mark, contours, marks, valley_axes


@dataclass(frozen=True, slots=True)
class Size:
    """Of a picture, in units of its view box."""

    width: float
    height: float
    """Of the box that the lines are in."""
    letter: float
    """Width of a letter, as large as the stylesheet ever makes them."""
    row: float
    """Height of a row of letters."""
    x_ticks: int
    y_ticks: int


WIDE = Size(420.0, 190.0, 7.4, 15.0, 6, 5)
NARROW = Size(260.0, 150.0, 6.6, 13.0, 4, 4)
"""For three pictures and more beside one another."""

_LONGEST_NAME = 14
_FURTHEST = 26.0
"""How far from the end of its line a name may stand and still be taken for that line's."""
_FEW = 15
"""Up to so many points of a line are marked one by one."""
_OUTLYING = 10.0
"""How many times the reference's range the student's may be before the picture stops at twice the former."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: its classes in the stylesheet, its path, and its points where each of them matters."""

    kind: str
    path: str
    dots: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the end of a line; ``end`` is where that is, which the name may have had to leave."""

    kind: str
    text: str
    y: float
    end: float


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A plot with places: the box of its lines begins at 0, 0."""

    title: str
    label: str
    x_label: str
    y_label: str
    view_box: str
    left: float
    width: float
    height: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    keys: tuple[Key, ...]
    contours: tuple[Contour, ...]
    marks: tuple[Mark, ...]
    note: str
    words: str
    table: Table


@dataclass(frozen=True, slots=True)
class Row:
    """The charts of one question, and the legend that they share."""

    charts: tuple[Chart, ...]
    keys: tuple[Key, ...]


def chart_row(plots: Iterable[Plot]) -> Row | None:
    """All plots that have something to draw, a name in the same colour in each of them; None where none has."""
    shown = [plot for plot in plots if drawable_points(plot)]
    hues = hues_of(shown)
    size = NARROW if len(shown) > 2 else WIDE
    charts = tuple(made for plot in shown if (made := chart(plot, size, hues)) is not None)
    if not charts:
        return None
    most = max((drawn.keys for drawn in charts), key=len)
    if len(charts) > 1 and all(drawn.keys and set(drawn.keys) <= set(most) for drawn in charts):
        return Row(tuple(replace(drawn, keys=()) for drawn in charts), most)
    return Row(charts, ())


def track_plot(outcome: Outcome, question: str) -> Plot | None:
    """The run that a ``track`` outcome carries, as a plot; None where it carries none, or what is none."""
    if outcome.check != "track" or outcome.hidden:
        return None
    measured = outcome.measurements
    valley, yours = _pairs([measured.get("valley")]), _pairs(measured.get("yours"))
    reference = _pairs(measured.get("reference"))
    if not valley or not yours or reference is None or min(valley[0]) <= 0:
        return None
    runs: tuple[tuple[Any, list[Point]], ...] = (("yours", yours), ("reference", reference))
    lines = (
        Line(role, tuple(y for _, y in run), tuple(x for x, _ in run), role=role) for role, run in runs if run
    )
    return Plot(f"Path of {question} on a valley", "x", "y", tuple(lines), valley=valley[0])


def chart(plot: Plot, size: Size = WIDE, hues: Mapping[str, int] | None = None) -> Chart | None:
    """A plot with places; None where no line of it has a point to draw. ``hues``: those of its neighbours."""
    found = drawable_points(plot)
    if not found:
        return None
    shown = traces(plot, hues_of([plot]) if hues is None else hues)
    x_axis, y_axis = _axes(plot, found, size)
    labels = _labels(shown, x_axis, y_axis, size) if not plot.valley and size is WIDE else ()
    left = 10 + size.letter * max((len(tick.text) for tick in y_axis.ticks), default=0)
    right = 14 + size.letter * max((len(label.text) for label in labels), default=0)
    width, height = round(size.width - left - right, 1), size.height
    shown = [
        replace(trace, places=tuple(_at(point, x_axis, y_axis, width, height) for point in trace.data))
        for trace in shown
    ]
    drawn = [trace for trace in shown if any(map(drawable, trace.places))]
    named = {label.kind for label in labels}
    note = notes(plot, shown, width, height)
    return Chart(
        plot.title, plot.label, plot.x_label, plot.y_label,
        f"{-left:.1f} {-_TOP:g} {size.width:g} {_TOP + height + _BOTTOM:g}", round(left, 1), width, height,
        tuple(Tick(round(width * tick.at, 1), tick.text) for tick in x_axis.ticks),
        tuple(Tick(round(height * (1 - tick.at), 1), tick.text) for tick in y_axis.ticks),
        tuple(_stroke(trace, width, height, bool(plot.valley)) for trace in sorted(drawn, key=_depth)),
        labels,
        tuple(key for key in _keys(drawn) if key.kind not in named),
        tuple(contours(plot.valley, x_axis, y_axis, width, height)) if plot.valley else (),
        _marks(shown, x_axis, y_axis, width, height) if plot.valley else (),
        note,
        f"{about(plot, shown)} {note.replace('`', '')}".strip(),
        table(plot, shown),
    )  # fmt: skip


_TOP, _BOTTOM = 22.0, 36.0


def _pairs(value: Any) -> list[Point] | None:
    """A list of pairs of numbers as points; None for anything else."""
    if not isinstance(value, list | tuple):
        return None
    points = []
    for pair in value:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return None
        if not all(isinstance(v, int | float) and not isinstance(v, bool) and abs(v) < LARGEST for v in pair):
            return None
        points.append((float(pair[0]), float(pair[1])))
    return points


def _axes(plot: Plot, found: Sequence[Point], size: Size) -> tuple[Axis, Axis]:
    if plot.valley:
        yours = drawable_points(replace(plot, lines=tuple(x for x in plot.lines if x.role != "reference")))
        known = drawable_points(replace(plot, lines=tuple(x for x in plot.lines if x.role == "reference")))
        return valley_axes(yours, known, size.x_ticks, size.y_ticks)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    least = 1.0 if all(x == int(x) for x in xs) else 0.0
    x_axis = between(min(xs), max(xs), size.x_ticks, least=least)
    if plot.scale == "share":
        return x_axis, shares()
    if plot.scale == "log":
        return x_axis, decades(ys, size.y_ticks)
    return x_axis, linear(*_limits(plot, ys), size.y_ticks)


def _limits(plot: Plot, ys: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest value to show: all, but of a run that flies away only where it goes."""
    low, high = min(ys), max(ys)
    known = drawable_points(replace(plot, lines=tuple(x for x in plot.lines if x.role != "yours")))
    if not known:
        return low, high
    calm_low, calm_high = min(y for _, y in known), max(y for _, y in known)
    room = max(calm_high - calm_low, 0.1 * max(abs(calm_low), abs(calm_high)))
    if room == 0 or high - low <= _OUTLYING * room:
        return low, high
    return max(low, calm_low - room), min(high, calm_high + room)


def _at(point: Point, x_axis: Axis, y_axis: Axis, width: float, height: float) -> Point:
    return width * place(x_axis, point[0]), height * (1 - place(y_axis, point[1]))


def _stroke(trace: Trace, width: float, height: float, steps_matter: bool) -> Stroke:
    points = thinned(trace.places)
    marked = trace.line.role == "yours" and (steps_matter or len(points) <= _FEW)
    return Stroke(trace.kind, path(cut(points, width, height)), dots(points, width, height) if marked else "")


def _depth(trace: Trace) -> int:
    """What lies under what: the student's own lines on top."""
    return ("given", "reference", "yours").index(trace.line.role)


def _keys(shown: Sequence[Trace]) -> tuple[Key, ...]:
    """A legend: a reference in the colour of the student's line of the same name needs no entry of its own."""
    own = {trace.line.name for trace in shown if trace.line.role == "yours"}
    keys = []
    for trace in shown:
        paired = trace.line.role == "reference" and "hue" in trace.kind and trace.line.name in own
        keys.append(Key("reference", "thin: the reference") if paired else Key(trace.kind, trace.name))
    return tuple(dict.fromkeys(keys))


def _labels(shown: Sequence[Trace], x_axis: Axis, y_axis: Axis, size: Size) -> tuple[Label, ...]:
    """A name at the end of each line that a legend would name; none at all where one of them does not fit."""
    named = [trace for key in _keys(shown) for trace in shown if (trace.kind, trace.name) == (key.kind, key.text)]
    ends = [_at(trace.data[-1], x_axis, y_axis, 1.0, size.height) for trace in named if trace.data]
    if len(ends) < len(named) or not all(x > 0.97 and inside((0, y), 1, size.height) for x, y in ends):
        return ()
    if any(len(t.name) > _LONGEST_NAME or not (t.name.isascii() and t.name.isprintable()) for t in named):
        return ()
    if len(named) * size.row > size.height:
        return ()
    rows = spread([y for _, y in ends], size.row, size.height)
    if any(abs(row - y) > _FURTHEST for row, (_, y) in zip(rows, ends, strict=True)):
        return ()
    return tuple(
        Label(trace.kind, trace.name, round(row, 1), round(y, 1))
        for trace, row, (_, y) in zip(named, rows, ends, strict=True)
    )


def spread(wanted: Sequence[float], gap: float, height: float) -> list[float]:
    """The places nearest to those wanted, in least squares, that are a gap apart and in 0 … height.

    Less a gap for each one before it, the places must not fall: isotonic regression, by pooling neighbours.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    pools: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        pool = (wanted[index] - rank * gap, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
    level = [mean for mean, count in pools for _ in range(count)]
    most = height - gap * (len(wanted) - 1)
    places = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        places[index] = min(most, max(0.0, level[rank])) + rank * gap
    return places


def _marks(
    shown: Sequence[Trace], x_axis: Axis, y_axis: Axis, width: float, height: float
) -> tuple[Mark, ...]:
    begin = next(at for trace in shown for at in trace.places if drawable(at))
    return tuple(mark for mark in marks(begin, x_axis, y_axis, width, height) if mark is not None)
