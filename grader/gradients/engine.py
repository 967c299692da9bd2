"""The check as a generator: it yields requests for values and is sent them.

A forward function in another process then costs one message a stage.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from grader.gradients import noise
from grader.gradients.lines import (
    ACCEPT,
    FIRST,
    LADDER,
    Array,
    Line,
    Rung,
    Verdict,
    direction,
    displaced,
    judge,
    rms,
    rung,
    scales,
)
from grader.gradients.report import ArrayReport, GradientReport, overall

Point = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Request:
    """Values wanted: of ``forward`` (an array or a number each) or of ``backward`` (a dict each)."""

    kind: Literal["forward", "backward"]
    points: list[Point]


Answers = list[Any]
Stage = Generator[Request, Answers, Any]


class NoValueError(ValueError):
    """A function gave something that is not a finite number at a point; the message says what."""


def examine(inputs: Mapping[str, Any], dout: Any, *, seed: int = 0) -> Stage:
    """Is ``backward`` the derivative of ``forward`` at ``inputs``? Returns a GradientReport.

    Only arrays that ``backward`` answers for are judged. Fail needs two points: an error that a jitter of
    5 % of scale makes vanish belongs to a kink, where a convention decides.
    """
    rng = np.random.default_rng([seed, 0x6772616])
    start = {name: np.array(array, dtype=np.float64) for name, array in inputs.items()}
    weight = np.array(1.0 if dout is None else dout, dtype=np.float64)
    first = yield from _at_point(rng, start, weight)
    suspects = [name for name, array in first.arrays.items() if array.status in ("fail", "kink")]
    if not suspects or any(array.finding for array in first.arrays.values()):
        return first
    sizes = {name: rms(array) or 1.0 for name, array in start.items()}
    moved = {
        name: array + 0.05 * sizes[name] * rng.standard_normal(array.shape) for name, array in start.items()
    }
    second = yield from _at_point(rng, moved, weight)
    arrays = dict(first.arrays)
    for name in suspects:
        if second.arrays[name].status != "fail":
            arrays[name] = ArrayReport(
                "kink",
                arrays[name].relative_error,
                arrays[name].resolution,
                "differs at this point only: it sits on a kink, where a convention decides",
            )
    return GradientReport(
        overall(arrays), arrays, first.evaluations + second.evaluations, first.notes + second.notes
    )


def _at_point(rng: np.random.Generator, inputs: Point, dout: Array) -> Stage:
    """The whole check at one point."""
    once, twice = yield Request("backward", [inputs, inputs])
    problems = _contract(inputs, once, twice)
    gradients = {
        name: np.asarray(once[name], dtype=np.float64)
        for name in inputs
        if name in once and name not in problems
    }
    judged = [name for name in inputs if name in gradients]
    scale = scales(inputs, gradients)
    joint = {name: direction(rng, inputs[name].shape, scale[name]) for name in inputs}
    spread = [
        {name: inputs[name] + i * noise.SPACING * joint[name] for name in inputs}
        for i in (-3, -2, -1, 1, 2, 3)
    ]
    values = yield Request("forward", [inputs, inputs, *spread])
    phi = [_weighted(value, dout) for value in values]
    centre = phi[0]
    notes = () if phi[0] == phi[1] else ("the forward pass gave two different results for one input",)
    absolute = float(np.abs(np.asarray(values[0], dtype=np.float64) * dout).sum())
    estimated = noise.ecnoise([*phi[2:5], centre, *phi[5:]]) or 0.0
    level = max(estimated, noise.floor(centre, absolute, np.asarray(dout)))
    evaluations = len(values)
    arrays = {name: ArrayReport("fail", np.inf, 0.0, problem) for name, problem in problems.items()}

    def lines(name: str, count: int, offset: int = 0) -> list[Line]:
        g = gradients[name]
        made = []
        for number in range(offset, offset + count):
            u = direction(rng, g.shape, scale[name], g if number % 2 else None)
            made.append(Line(name, u, g, float(np.linalg.norm(g * u))))
        return made

    tried = {name: lines(name, 2) for name in judged}
    flat = [line for name in judged for line in tried[name]]
    verdicts, used = yield from _walk(flat, inputs, dout, centre, level)
    evaluations += used
    found = {
        name: [v for line, v in zip(flat, verdicts, strict=True) if line.name == name] for name in judged
    }
    doubtful = [name for name in judged if not all(verdict.ok for verdict in found[name])]
    more = [line for name in doubtful for line in lines(name, 4, offset=2)]
    if more:
        verdicts, used = yield from _walk(more, inputs, dout, centre, level)
        evaluations += used
        for line, verdict in zip(more, verdicts, strict=True):
            found[line.name].append(verdict)
    for name in judged:
        arrays[name] = _array_report(found[name])
    ordered = {name: arrays[name] for name in inputs if name in arrays}
    return GradientReport(overall(ordered), ordered, evaluations, notes)


def _walk(
    lines: Sequence[Line], inputs: Point, dout: Array, centre: float, level: float
) -> Generator[Request, Answers, tuple[list[Verdict], int]]:
    """Walk each line along the ladder of steps until it passes or its bound no longer shrinks."""
    rungs: list[dict[int, Rung]] = [{} for _ in lines]
    position = [FIRST] * len(lines)
    best: list[Verdict | None] = [None] * len(lines)
    open_lines = set(range(len(lines)))
    visited: list[set[int]] = [set() for _ in lines]
    evaluations = 0
    while open_lines:
        wanted = [
            (index, step)
            for index in sorted(open_lines)
            for step in (position[index], position[index] + 1)
            if step not in rungs[index]
        ]
        points = []
        for index, step in wanted:
            line = lines[index]
            plus, minus, _ = displaced(inputs[line.name], line.u, LADDER[step])
            points += [{**inputs, line.name: plus}, {**inputs, line.name: minus}]
        answers = (yield Request("forward", points)) if points else []
        evaluations += len(points)
        for number, (index, step) in enumerate(wanted):
            pair = [_weighted(value, dout, strict=False) for value in answers[2 * number : 2 * number + 2]]
            values = (pair[0], pair[1], centre)
            rungs[index][step] = rung(lines[index], inputs[lines[index].name], LADDER[step], values, level)
        for index in sorted(open_lines):
            step = position[index]
            visited[index].add(step)
            coarse, fine = rungs[index][step], rungs[index][step + 1]
            verdict = judge(coarse, fine, lines[index].size)
            target = ACCEPT * lines[index].size
            if np.isfinite(verdict.bound) and abs(verdict.error) <= target:
                bound = max(verdict.bound, target)
                best[index] = Verdict(True, verdict.error, bound, verdict.kink, verdict.size)
                open_lines.discard(index)
                continue
            previous = best[index]
            if previous is None or verdict.bound < previous.bound:
                best[index] = verdict
            noisy = np.isfinite(verdict.bound) and 6 * fine.noise > 0.5 * verdict.bound
            following = step - 1 if noisy else step + 1
            finished = verdict.bound <= target or following in visited[index]
            if finished or not 0 <= following < len(LADDER) - 1:
                open_lines.discard(index)
            else:
                position[index] = following
    return [verdict for verdict in best if verdict is not None], evaluations


def _array_report(verdicts: list[Verdict]) -> ArrayReport:
    relative = [abs(v.error) / v.size if v.size > 0 else abs(v.error) for v in verdicts]
    resolution = min(v.bound / v.size if v.size > 0 else v.bound for v in verdicts)
    wrong = sum(not verdict.ok for verdict in verdicts)
    kinks = sum(verdict.kink for verdict in verdicts)
    error = float(np.median(relative))
    if wrong and 2 * kinks >= len(verdicts):
        return ArrayReport("kink", error, resolution)
    if 2 * wrong > len(verdicts):
        return ArrayReport("fail", error, resolution)
    if 2 * kinks > len(verdicts):
        return ArrayReport("kink", error, resolution)
    vanishing = all(verdict.size == 0 for verdict in verdicts)
    if vanishing or any(verdict.conclusive for verdict in verdicts):
        return ArrayReport("pass", error, resolution)
    return ArrayReport("inconclusive", error, resolution)


def _contract(inputs: Point, once: Mapping[str, Any], twice: Mapping[str, Any]) -> dict[str, str]:
    """Shapes, finiteness and repeatability, before any value is compared."""
    problems: dict[str, str] = {}
    for name in inputs:
        if name not in once:
            continue
        gradient, again = np.asarray(once[name]), np.asarray(twice.get(name))
        if gradient.dtype.kind not in "fiub":
            problems[name] = f"the gradient is of dtype {gradient.dtype}, not a real number"
        elif gradient.shape != inputs[name].shape:
            problems[name] = f"the gradient has shape {gradient.shape}, its input {inputs[name].shape}"
        elif not np.all(np.isfinite(gradient)):
            problems[name] = "the gradient holds values that are not finite"
        elif not np.array_equal(gradient, again):
            problems[name] = "a second backward pass on the same input gives another gradient"
    return problems


def _weighted(value: Any, dout: Array, *, strict: bool = True) -> float:
    """Σ out·dout, the scalar whose derivative backward claims to give."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.shape != dout.shape:
        if not strict:
            return float("nan")
        raise NoValueError(f"the forward pass gave {_described(value)}, not an array of shape {dout.shape}")
    total = float(np.sum(array.astype(np.float64) * dout))
    if strict and not np.isfinite(total):
        raise NoValueError("the forward pass gave values that are not finite")
    return total


def _described(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    return f"a value of type {type(value).__name__}"
