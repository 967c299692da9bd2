"""The check as a generator: it yields requests for values and is sent them.

A forward function in another process then costs one message a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.gradients import kinks, locate, ties
from grader.gradients.contract import broken
from grader.gradients.lines import rms
from grader.gradients.point import Seen, prepare, try_lines, verdict_of
from grader.gradients.report import ArrayReport, Explanation, GradientReport, Note, Status, Where, overall
from grader.gradients.search import table
from grader.gradients.values import Array, Base, NoValueError, Point, Request, Stage, counted, weighted

Distances = tuple[tuple[float, float], ...]
"""(of exact zeros, of all others)"""
FAR: Distances = ((0.05, 0.05), (1e-3, 1e-3))
"""How far away the second look is, relative to each array's size; the next if there is no value there."""
NEAR: Distances = ((0.05, 1e-3), (1e-3, 1e-5))
"""The same for a third look: exact zeros move off their kink, all other entries stay where they are, nearly.
An error in one entry may need the very side of a kink on which that entry lies."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that one point showed."""

    base: Base
    gradients: Mapping[str, Any]
    seen: Seen
    status: dict[str, Status]


def examine(inputs: Mapping[str, Any], dout: Any, *, seed: int = 0) -> Stage[GradientReport]:
    """Is ``backward`` the derivative of ``forward`` at ``inputs``? Returns a GradientReport.

    Only arrays that ``backward`` answers for are judged. Fail needs two points: an error that a jitter of
    5 % of scale makes vanish belongs to a kink, where a convention decides.
    """
    rng = np.random.default_rng([seed, 0x6772616])
    start = {name: np.array(array, dtype=np.float64) for name, array in inputs.items()}
    weight = np.array(1.0 if dout is None else dout, dtype=np.float64)
    (arrays, notes), evaluations = yield from counted(_examine(rng, start, weight))
    ordered = {name: arrays[name] for name in start if name in arrays}
    return GradientReport(overall(ordered), ordered, evaluations, notes)


def _examine(
    rng: np.random.Generator, start: Point, dout: Array
) -> Stage[tuple[dict[str, ArrayReport], tuple[Note, ...]]]:
    once, twice = yield Request("backward", [start, start])
    arrays = broken(start, once, twice)
    gradients = {name: once[name] for name in start if name in once and name not in arrays}
    base, same = yield from prepare(rng, start, dout, gradients)
    notes = () if same else (Note("random", "forward"),)
    first = yield from _look(rng, base, gradients)
    arrays |= {name: _measured(status, first.seen[name]) for name, status in first.status.items()}
    suspects = [name for name, status in first.status.items() if status in ("fail", "kink")]
    if not suspects:
        return arrays, notes
    second = yield from _nearby(rng, base, suspects, FAR)
    cleared = [k for k in suspects if isinstance(second, Look) and second.status[k] != "fail"]
    third = (yield from _nearby(rng, base, cleared, NEAR)) if cleared else None
    for name in suspects:
        if name in cleared and isinstance(third, Look) and third.status[name] == "fail":
            arrays[name] = yield from _explained(rng, third, third, name, arrays[name])
            continue
        if isinstance(second, Explanation):
            arrays[name] = replace(arrays[name], status="fail", explanation=second)
        elif (second or first).status[name] == "fail":
            arrays[name] = yield from _explained(rng, first, second or first, name, arrays[name])
        else:
            arrays[name] = yield from _at_a_kink(rng, first, name, arrays[name])
    return arrays, notes


def _look(rng: np.random.Generator, base: Base, gradients: Mapping[str, Any]) -> Stage[Look]:
    """Two lines an array; four more where they do not agree."""
    seen = yield from try_lines(rng, base, gradients, {name: range(2) for name in gradients})
    doubtful = [name for name in gradients if not all(verdict.settled for _, verdict in seen[name])]
    more = yield from try_lines(rng, base, gradients, {name: range(2, 6) for name in doubtful})
    seen |= {name: seen[name] + more[name] for name in doubtful}
    largest = max((line.size for lines in seen.values() for line, _ in lines), default=0.0)
    return Look(base, gradients, seen, {name: verdict_of(seen[name], largest) for name in gradients})


def _nearby(
    rng: np.random.Generator, base: Base, names: list[str], distances: Distances
) -> Stage[Look | Explanation | None]:
    """The same look nearby; an explanation if backward breaks its contract, None if φ has no value there."""
    for zeros, others in distances:
        moved = {
            name: array
            + np.where(array == 0, zeros, others) * (rms(array) or 1.0) * rng.standard_normal(array.shape)
            for name, array in base.inputs.items()
        }
        values = yield Request("forward", [moved])
        try:
            centre = weighted(values[0], base.dout)
        except NoValueError:
            continue
        answer = (yield Request("backward", [moved]))[0]
        problems = broken(moved, answer, answer)
        if any(name in problems or name not in answer for name in names):
            problem = next((problems[name].explanation for name in names if name in problems), None)
            return replace(problem or Explanation("not_given"), nearby=True)
        nearby = replace(base, inputs=moved, centre=centre)
        return (yield from _look(rng, nearby, {name: answer[name] for name in names}))
    return None


def _explained(
    rng: np.random.Generator, first: Look, second: Look, name: str, report: ArrayReport
) -> Stage[ArrayReport]:
    """A failed report that says why and where, looked for where no kink is in the way."""
    kinked = any(verdict.kink for _, verdict in first.seen[name]) or first.status[name] != "fail"
    look = second if kinked else first
    explanation, where = yield from locate.explain(rng, look.base, name, look.seen[name])
    return replace(report, status="fail", explanation=explanation, where=where)


def _at_a_kink(rng: np.random.Generator, look: Look, name: str, report: ArrayReport) -> Stage[ArrayReport]:
    """Right nearby: name the convention, or the entry whose value is none."""
    g, array = np.asarray(look.gradients[name], dtype=np.float64), look.base.inputs[name]
    lines = [verdict for _, verdict in look.seen[name]]
    found = yield from kinks.look(look.base, name, g, kinks.candidates(rng, array))
    kinked = found.kinked
    if found.convention is None or any(verdict.bad for verdict in lines):
        error = max(abs(verdict.error) for verdict in lines)
        cells = yield from locate.cells(rng, look.base, name, g, error)
        width = table(array).shape[1]
        chosen = sorted(rng.permutation([r * width + c for r, c in cells])[: kinks.CANDIDATES].tolist())
        wrong = yield from kinks.look(look.base, name, g, kinks.places(chosen, array.shape))
        kinked = tuple(dict.fromkeys((*kinked, *wrong.kinked)))
        found = wrong if found.convention is None else found
    if found.outside:
        where = Where(elements=found.outside)
        return replace(report, status="fail", explanation=Explanation("special_value"), where=where)
    tied = (yield from ties.unbalanced(look.base, look.gradients, name, kinked)) if kinked else ()
    if tied:
        where = Where(elements=tied)
        return replace(report, status="fail", explanation=Explanation("tie"), where=where)
    if found.convention is not None and found.convention != "outside":
        named = Explanation(
            "kink",
            convention=found.convention,
            kinked=len(found.kinked),
            examined=found.examined,
        )
        return replace(report, status="kink", explanation=named)
    if any(verdict.kink for _, verdict in look.seen[name]):
        return replace(report, status="kink", explanation=Explanation("kink"))
    if all(verdict.ok for _, verdict in look.seen[name]):
        return replace(report, status="pass", explanation=None)
    return replace(report, status="inconclusive", explanation=Explanation("isolated"))


def _measured(status: Status, seen: Any) -> ArrayReport:
    verdicts = [verdict for _, verdict in seen]
    relative = [abs(v.error) / v.size if v.size > 0 else abs(v.error) for v in verdicts]
    resolution = min(v.bound / v.size if v.size > 0 else v.bound for v in verdicts)
    cause = Explanation("rounding" if np.isfinite(resolution) else "no_values")
    explanation = cause if status == "inconclusive" else None
    return ArrayReport(status, float(np.median(relative)), resolution, explanation)
