"""Why and where a gradient is wrong: one cause that explains every line, or else the places, by bisection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.gradients import templates
from grader.gradients.lines import Line, Verdict, rms
from grader.gradients.report import Explanation, Where
from grader.gradients.search import Cells, Probe, Sum, bisect, probe, sums
from grader.gradients.templates import Axis
from grader.gradients.values import Array, Base, Stage

Explained = tuple[Explanation | None, Where | None]
Seen = Sequence[tuple[Line, Verdict]]
SMALL = 48
"""An array of so few entries is measured entry by entry."""
BLOCKS = 16
"""A heat map has at most so many blocks a side."""
FEW = 5
"""An array of so few entries has places even where all of them are wrong."""


def explain(rng: np.random.Generator, base: Base, name: str, seen: Seen) -> Stage[Explained]:
    """The cause and the places for a gradient that is wrong along these lines."""
    g = seen[0][0].g
    axes = templates.axes_of(base.inputs, base.dout)
    cause = templates.fit(seen, name, base.inputs, axes)
    if cause is not None:
        return cause, None
    error = max(abs(verdict.error) for _, verdict in seen)
    if not np.isfinite(error) or error == 0 or g.size == 0:
        return Explanation("unexplained"), None
    at, total = yield from probe(rng, base, name, g, error)
    places = yield from _places(at, total)
    height, width = at.u.shape
    if places is None and min(height, width) > 1 and at.u.size > SMALL:
        return Explanation("spread" if np.any(g) else "zero"), None
    rows, columns, cells = places or (list(range(height)), [], {})
    if len(rows) == height or len(columns) == width:
        return Explanation("most" if np.any(g) else "zero"), None
    if not cells:
        return Explanation("unexplained"), None
    return _alike(at, rows, columns, cells, axes), _where(at, g, rows, columns, cells)


def cells(
    rng: np.random.Generator, base: Base, name: str, g: Array, error: float
) -> Stage[list[tuple[int, int]]]:
    """The wrong (row, column) places of one array, in order; none where they are most places."""
    if not np.isfinite(error) or error == 0:
        return []
    at, total = yield from probe(rng, base, name, g, error)
    places = yield from _places(at, total)
    return sorted(places[2]) if places is not None else []


Found = tuple[list[int], list[int], dict[tuple[int, int], float]]
"""Whole rows, whole columns, and all wrong cells with their errors (for rows and columns: their share)."""


def _places(at: Probe, total: Sum) -> Stage[Found | None]:
    """The wrong places; None where they are most of them, or lie in most rows and in most columns."""
    height, width = at.u.shape
    if at.u.size <= SMALL:
        return (yield from _each(at))
    every_row, every_column = range(height), range(width)
    rows = yield from bisect(at, lambda places: (places, every_column), height, total)
    if rows:
        whole, cells = yield from _within(at, rows, width, by_row=True)
        return whole, [], cells
    if rows == {}:
        return [], [], {}
    columns = yield from bisect(at, lambda places: (every_row, places), width, total)
    if columns:
        whole, cells = yield from _within(at, columns, height, by_row=False)
        return [], whole, cells
    return None


def _within(
    at: Probe, lines: dict[int, Sum], length: int, *, by_row: bool
) -> Stage[tuple[list[int], dict[tuple[int, int], float]]]:
    """Of rows (or columns) with errors: which are wrong throughout, and which in single cells."""

    def across(some: list[int]) -> Callable[[range], Cells]:
        return lambda places: (some, places) if by_row else (places, some)

    whole: list[int] = []
    cells: dict[tuple[int, int], float] = {}
    rest = list(lines)
    while rest:
        line = rest.pop(0)
        inside = yield from bisect(at, across([line]), length, lines[line])
        if inside is not None:
            values = {place: part.value for place, part in inside.items()}
        else:
            whole.append(line)
            values = dict.fromkeys(range(length), lines[line].value / length)
        cells |= {(line, place) if by_row else (place, line): value for place, value in values.items()}
        if inside is None and len(whole) == 1 and len(rest) > 1:
            parts = [lines[other] for other in rest]
            joint = Sum(sum(p.value for p in parts), float(np.hypot.reduce([p.bound for p in parts])))
            if (yield from bisect(at, across(rest), length, joint)) is None:  # as the first, so the others
                whole += rest
                for other in rest:
                    share = lines[other].value / length
                    cells |= {(other, p) if by_row else (p, other): share for p in range(length)}
                rest = []
    return sorted(whole), cells


def _each(at: Probe) -> Stage[Found | None]:
    height, width = at.u.shape
    every = [(r, c) for r in range(height) for c in range(width)]
    measured = yield from sums(at, [([r], [c]) for r, c in every])
    wrong = {cell: part.value for cell, part in zip(every, measured, strict=True) if part.wrong}
    if len(wrong) == len(every) and len(every) > FEW:
        return None
    rows = [r for r in range(height) if width > 1 and all((r, c) in wrong for c in range(width))]
    columns = [c for c in range(width) if height > 1 and all((r, c) in wrong for r in range(height))]
    return rows, [] if rows else columns, wrong


def _where(
    at: Probe, g: Array, rows: list[int], columns: list[int], cells: dict[tuple[int, int], float]
) -> Where:
    single = [cell for cell in sorted(cells) if cell[0] not in rows and cell[1] not in columns]
    width = at.u.shape[1]
    shape = g.shape or (1,)
    elements = [tuple(int(k) for k in np.unravel_index(r * width + c, shape)) for r, c in single]
    return Where(tuple(rows), tuple(columns), tuple(elements if g.ndim else [()]), _heat(at, cells))


def _heat(at: Probe, cells: dict[tuple[int, int], float]) -> tuple[tuple[float, ...], ...]:
    height, width = at.u.shape
    down, across = min(height, BLOCKS), min(width, BLOCKS)
    picture = np.zeros((down, across))
    unit = rms(at.g) or 1.0
    for (r, c), value in cells.items():
        block = (r * down // height, c * across // width)
        picture[block] = max(picture[block], abs(value / at.u[r, c]) / unit)
    return tuple(tuple(float(f"{x:.3g}") for x in row) for row in picture)


def _alike(
    at: Probe, rows: list[int], columns: list[int], cells: dict[tuple[int, int], float], axes: Sequence[Axis]
) -> Explanation | None:
    """What the wrong places have in common: swapped, a factor, or the value that one entry should have."""
    if len(rows) == 2 and len(cells) == 2 * at.u.shape[1]:
        i, j = rows
        claim = [float(np.sum((at.g[b] - at.g[a]) * at.u[a])) for a, b in ((i, j), (j, i))]
        share = [sum(value for cell, value in cells.items() if cell[0] == row) for row in rows]
        if all(abs(e - c) <= 2 * at.bound + 1e-4 * abs(c) for e, c in zip(share, claim, strict=True)):
            return Explanation("swapped")
    if not rows and not columns and len(cells) == 1:
        (cell, value), *_ = cells.items()
        actual = float(at.g[cell])
        return Explanation("value", actual=actual, expected=actual + value / float(at.u[cell]))
    lines = [([r], range(at.u.shape[1])) for r in rows] + [(range(at.u.shape[0]), [c]) for c in columns]
    if not lines or any(cell[0] not in rows and cell[1] not in columns for cell in cells):
        return None
    ratios = []
    for line in lines:
        claim_here = float(np.sum(at.g[np.ix_(*line)] * at.u[np.ix_(*line)]))
        error = sum(value for (r, c), value in cells.items() if r in line[0] and c in line[1])
        if abs(claim_here) <= at.bound:
            return None if np.any(at.g[np.ix_(*line)]) else Explanation("zero")
        ratios.append(1 + error / claim_here)
    if max(ratios) - min(ratios) > templates.NEAR * abs(ratios[0]):
        return None
    return templates.round_scale(ratios[0], axes)
