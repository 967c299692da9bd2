"""Lines of a plot, with the name, the colour and the points that each is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.model import Line, Plot
from grader.reporting.charts.axes import LARGEST
from grader.reporting.charts.strokes import Point

HUES = 6
"""Colours, each with its own dashes, that the stylesheet tells apart."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line as it is shown: ``kind`` are its classes in the stylesheet."""

    line: Line
    name: str
    kind: str
    data: tuple[Point, ...]
    places: tuple[Point, ...] = ()
    """In the picture, once that is laid out; NaN for what has no place."""


def traces(plot: Plot, hues: Mapping[str, int]) -> list[Trace]:
    """The lines of a plot in its own order; ``hues`` as from ``hues_of``."""
    several, alone = _several(plot), _alone(plot)
    drawn: list[Trace] = []
    for line in plot.lines:
        name = line.name
        if line.role == "given":
            kind = "given sparse" if any(t.line.role == "given" for t in drawn) else "given"
        elif several:
            kind = f"{line.role} hue{hues[line.name] % HUES + 1}"
        else:
            kind = "yours hue1" if line.role == "yours" else "reference"
        if alone and line.role != "given":
            name = line.role
        elif line.role == "reference" and name != "reference":
            name = f"{name}, reference"
        drawn.append(Trace(line, name, kind, points_of(line)))
    return drawn


def hues_of(plots: Iterable[Plot]) -> dict[str, int]:
    """A number for each name that has to be told from others, the same in all of these plots."""
    names = (
        line.name
        for plot in plots
        if _several(plot)
        for role in ("yours", "reference")
        for line in plot.lines
        if line.role == role
    )
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def points_of(line: Line) -> tuple[Point, ...]:
    """(x, y) of each point of a line, as given."""
    return tuple(zip(line.x or map(float, range(len(line.y))), line.y, strict=False))


def drawable_points(lines: Iterable[Line], scale: str) -> list[Point]:
    """The points of these lines that a picture on this scale could show."""
    lowest = 0.0 if scale == "log" else -LARGEST
    return [
        (x, y)
        for line in lines
        for x, y in points_of(line)
        if abs(x) < LARGEST and lowest < y < LARGEST  # NaN is neither
    ]


def partner(trace: Trace, others: Sequence[Trace]) -> Trace | None:
    """The reference's line that a line of the student's is to be compared with."""
    if trace.line.role != "yours":
        return None
    references = [t for t in others if t.line.role == "reference"]
    same = [t for t in references if t.line.name == trace.line.name]
    return same[0] if same else references[0] if len(references) == 1 and _lone(others) else None


def _lone(drawn: Sequence[Trace]) -> bool:
    return sum(t.line.role == "yours" for t in drawn) == 1


def _names(plot: Plot, role: str) -> list[str]:
    return [line.name for line in plot.lines if line.role == role]


def _several(plot: Plot) -> bool:
    """Whether one picture compares several runs, or several histories of one."""
    return len(_names(plot, "yours")) > 1 or len(_names(plot, "reference")) > 1


def _alone(plot: Plot) -> bool:
    """Whether there is one line of the student's, and at most that of the reference: whose says it all."""
    yours, reference = _names(plot, "yours"), _names(plot, "reference")
    return len(yours) == 1 and reference in ([], yours)
