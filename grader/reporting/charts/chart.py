"""Plots → pictures: a place for every line, name and tick; the same in words and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.messages import with_words
from grader.model import Line, Outcome, Plot
from grader.reporting.charts.axes import LARGEST, Axis, Frame, Tick, at, between, decades, linear, shares
from grader.reporting.charts.contours import Contours, contour_axes, quadratic
from grader.reporting.charts.descriptions import Table, about, notes, table
from grader.reporting.charts.labels import Key, Label, labels, legend
from grader.reporting.charts.strokes import Point, cut, dots, downsample, drawable, inside, path
from grader.reporting.charts.traces import Trace, drawable_points, hues_of, traces
from grader.reporting.text import is_number


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
    points: int
    """Of one line, at most."""
    x_ticks: int
    y_ticks: int


WIDE = Size(420.0, 190.0, 7.4, 15.0, 120, 6, 4)
NARROW = Size(260.0, 150.0, 6.6, 13.0, 80, 4, 4)
"""For three pictures and more beside one another."""
_TOP, _BOTTOM = 27.0, 37.0
"""Room above the box for the name of its vertical axis, below it for ticks and the other name."""
_FEW = 15
"""Up to so many points of a line are marked one by one."""
_OUTLYING = 10.0
"""Where all lines span this many times what the reference's do, the picture shows what is near the latter."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line: its classes in the stylesheet, its path, and its points where each of them matters."""

    kind: str
    path: str
    dots: str


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
    quadratic: Contours | None
    start: Point | None
    """Where a path in a valley begins."""
    note: str
    words: str
    table: Table


@dataclass(frozen=True, slots=True)
class Row:
    """The charts of one question, and the legend that they share."""

    charts: tuple[Chart, ...]
    keys: tuple[Key, ...]
    narrow: bool


def chart_row(plots: Iterable[Plot]) -> Row | None:
    """All plots that have something to draw, a name in the same colour in each; None where none has."""
    drawable = [plot for plot in plots if drawable_points(plot.lines, plot.scale)]
    hues = hues_of(drawable)
    size = NARROW if len(drawable) > 2 else WIDE
    charts = tuple(one for plot in drawable if (one := chart(plot, size, hues)) is not None)
    if not charts:
        return None
    most = max((drawn.keys for drawn in charts), key=len)
    if len(charts) > 1 and all(drawn.keys and set(drawn.keys) <= set(most) for drawn in charts):
        return Row(tuple(replace(drawn, keys=()) for drawn in charts), most, size is NARROW)
    return Row(charts, (), size is NARROW)


def trajectory_plot(outcome: Outcome, question: str) -> Plot | None:
    """The run that a ``track`` outcome carries, as a plot; None where it carries none, or what is none."""
    if "quadratic" not in outcome.measurements or outcome.hidden:
        return None
    measured = outcome.measurements
    sizes, yours, reference = (
        _points(value)
        for value in ([measured.get("quadratic")], measured.get("yours"), measured.get("reference"))
    )
    if not sizes or not yours or reference is None or min(sizes[0]) <= 0:
        return None
    lines = [Line("yours", tuple(y for _, y in yours), tuple(x for x, _ in yours))]
    if reference:
        xs, ys = zip(*reference, strict=True)
        lines.append(Line("reference", ys, xs, role="reference"))
    return Plot(f"Path of {question} on a valley", "x", "y", tuple(lines), quadratic=sizes[0])


def chart(plot: Plot, size: Size = WIDE, hues: Mapping[str, int] | None = None) -> Chart | None:
    """A plot with places; None where it has no point to draw. ``hues``: of all that it stands beside."""
    plot = with_words(plot)
    points = drawable_points(plot.lines, plot.scale)
    if not points:
        return None
    visible = traces(plot, hues_of([plot]) if hues is None else hues)
    x_axis, y_axis = _axes(plot, points, size)
    keys = legend([trace for trace in visible if drawable_points([trace.line], plot.scale)])
    named = _labels(visible, keys, Frame(x_axis, y_axis, 1.0, size.height), size)
    named = () if plot.quadratic or size is NARROW else named
    left = 10 + size.letter * max((len(tick.text) for tick in y_axis.ticks), default=0)
    right = 14 + size.letter * max((len(label.key.text) for label in named), default=0)
    frame = Frame(x_axis, y_axis, round(size.width - left - right, 1), size.height)
    visible = [replace(trace, places=tuple(at(frame, *point) for point in trace.data)) for trace in visible]
    start = _start(visible, frame) if plot.quadratic else None
    marks = (Key("start", "start"),) * (start is not None) + (Key("minimum", "minimum"),) * bool(
        plot.quadratic
    )
    note = notes(plot, visible, frame)
    return Chart(
        plot.title,
        plot.label,
        _shorten_to_fit(plot.x_label, size),
        _shorten_to_fit(plot.y_label, size),
        f"{-left:.1f} {-_TOP:g} {size.width:g} {_TOP + frame.height + _BOTTOM:g}",
        round(left, 1),
        frame.width,
        frame.height,
        tuple(Tick(round(frame.width * tick.at, 1), tick.text) for tick in x_axis.ticks),
        tuple(Tick(round(frame.height * (1 - tick.at), 1), tick.text) for tick in y_axis.ticks),
        tuple(_strokes(visible, frame, size.points, each_point=bool(plot.quadratic))),
        named,
        (*(key for key in keys if key not in {label.key for label in named}), *marks),
        quadratic(plot.quadratic, frame) if plot.quadratic else None,
        start,
        note,
        f"{about(plot, visible)} {note.replace('`', '')}".strip(),
        table(plot, visible, frame),
    )


def _points(value: Any) -> list[Point] | None:
    """A list of pairs of numbers as points; None for anything else."""
    if not isinstance(value, list | tuple):
        return None
    pairs = [pair for pair in value if isinstance(pair, list | tuple) and len(pair) == 2]
    proper = all(is_number(v) and abs(v) < LARGEST for pair in pairs for v in pair)
    return [(float(x), float(y)) for x, y in pairs] if proper and len(pairs) == len(value) else None


def _axes(plot: Plot, points: Sequence[Point], size: Size) -> tuple[Axis, Axis]:
    """The axes that hold the points that were found, and of a run that flies away only where it goes."""
    known = drawable_points((line for line in plot.lines if line.role == "reference"), plot.scale)
    yours = drawable_points((line for line in plot.lines if line.role != "reference"), plot.scale)
    if plot.quadratic:
        return contour_axes(yours, known, size.x_ticks, size.y_ticks)
    xs = [x for x, _ in points]
    first, last = min(xs), max(xs)
    least = 1.0 if all(x == int(x) for x in xs) else 0.0
    x_axis = between(0.0 if 0 < first < last / 10 else first, last, size.x_ticks, least=least)
    if plot.scale == "share":
        return x_axis, shares()
    if plot.scale == "log":
        return x_axis, decades([y for _, y in points], size.y_ticks)
    return x_axis, linear(*_limits([y for _, y in yours], [y for _, y in known]), size.y_ticks)


def _limits(yours: Sequence[float], known: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest value to show: all, unless the reference's would be a flat line among them."""
    low, high = min([*yours, *known]), max([*yours, *known])
    if not known:
        return low, high
    room = max(max(known) - min(known), max(map(abs, known)) / 2)
    near_low, near_high = max(low, min(known) - room), min(high, max(known) + room)
    flies_off = high - low > _OUTLYING * room and any(near_low <= y <= near_high for y in yours)
    return (near_low, near_high) if flies_off else (low, high)


def _shorten_to_fit(text: str, size: Size) -> str:
    """A name of an axis, cut where it would not fit into the picture."""
    most = int(0.8 * size.width / size.letter)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _start(visible: Sequence[Trace], frame: Frame) -> Point | None:
    """Where the paths begin, if that is in the picture."""
    first = next(place for trace in visible for place in trace.places if drawable(place))
    return first if inside(first, frame.width, frame.height) else None


def _strokes(visible: Sequence[Trace], frame: Frame, most: int, *, each_point: bool) -> Iterable[Stroke]:
    """The lines as paths, the student's own on top."""
    for role in ("given", "reference", "yours"):
        for trace in visible:
            if trace.line.role == role and any(map(drawable, trace.places)):
                points = downsample(trace.places, most)
                marked = role == "yours" and (each_point or len(points) <= _FEW)
                marks = dots(points, frame.width, frame.height) if marked else ""
                yield Stroke(trace.kind, path(cut(points, frame.width, frame.height)), marks)


def _labels(visible: Sequence[Trace], keys: Sequence[Key], frame: Frame, size: Size) -> tuple[Label, ...]:
    """Names at the ends of the lines, where all that need one go on to the edge of the picture."""
    ends = {Key(trace.kind, trace.name): at(frame, *trace.data[-1]) for trace in visible if trace.data}
    named = [key for key in keys if key in ends]
    if not all(drawable(ends[key]) and ends[key][0] > 0.97 * frame.width for key in named):
        return ()
    return labels(named, [ends[key][1] for key in named], size.row, size.height)
