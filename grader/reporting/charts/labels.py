"""Names of lines: at their ends where they fit, in a legend where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.reporting.charts.traces import Trace

_LONGEST = 14
"""Letters of a name beside a line."""
_FURTHEST = 26.0
"""How far from the end of its line a name may stand and still be taken for that line's."""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend, with its classes in the stylesheet."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside the picture; ``end`` is the height of its line's end, which it may have had to leave."""

    key: Key
    y: float
    end: float


def legend(traces: Sequence[Trace]) -> tuple[Key, ...]:
    """An entry a line; one for all of the reference's lines that have the colour of one of the student's."""
    own = {trace.kind.removeprefix("yours") for trace in traces if trace.line.role == "yours"}
    keys = [
        None if trace.kind.removeprefix("reference") in own else Key(trace.kind, trace.name)
        for trace in traces
    ]
    shared = (Key("reference", "thin: the reference"),) if None in keys else ()
    return (*dict.fromkeys(key for key in keys if key is not None), *shared)


def labels(keys: Sequence[Key], ends: Sequence[float], row: float, height: float) -> tuple[Label, ...]:
    """Names at the heights where their lines end, ``row`` apart; none at all where they do not all fit."""
    names = [key.text for key in keys]
    if any(len(name) > _LONGEST or not (name.isascii() and name.isprintable()) for name in names):
        return ()
    if not all(0 <= end <= height for end in ends) or row * len(ends) > height:
        return ()
    places = spread(ends, row, height)
    if any(abs(place - end) > _FURTHEST for place, end in zip(places, ends, strict=True)):
        return ()
    return tuple(
        Label(key, round(place, 1), round(end, 1)) for key, place, end in zip(keys, places, ends, strict=True)
    )


def spread(wanted: Sequence[float], gap: float, height: float) -> list[float]:
    """The places nearest to those wanted, in least squares, that are a gap apart and within 0 … height.

    Less a gap for each one above it, a place is never above the one before: isotonic regression, by pooling
    neighbours that are in each other's way.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        mean, count = wanted[index] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            above, many = pools.pop()
            mean, count = (above * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    levels = [mean for mean, count in pools for _ in range(count)]
    most = height - gap * (len(wanted) - 1)
    places = [0.0] * len(wanted)
    for rank, index in enumerate(order):
        places[index] = min(most, max(0.0, levels[rank])) + rank * gap
    return places
