"""Walk lines along the ladder of steps until each agrees, is clearly wrong, or cannot be seen better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.gradients.lines import LADDER, Line, Rung, Verdict, accepted, displaced, first_step, judge, rung
from grader.gradients.values import Base, Point, Stage, values_at


def walk(base: Base, lines: Sequence[Line]) -> Stage[list[Verdict]]:
    """A verdict for each line; all lines advance together, one request a stage."""
    position = [first_step(line, base.level) for line in lines]
    rungs: list[dict[int, Rung]] = [{} for _ in lines]
    verdicts: list[Verdict | None] = [None] * len(lines)
    visited: list[set[int]] = [set() for _ in lines]
    going = list(range(len(lines)))
    yield from _measure(base, lines, rungs, [(index, position[index]) for index in going])
    going = [index for index in going if not _settle(lines[index], rungs[index], verdicts, index)]
    while going:
        wanted = [
            (index, step)
            for index in going
            for step in (position[index], min(position[index] + 1, len(LADDER) - 1))
            if step not in rungs[index]
        ]
        yield from _measure(base, lines, rungs, wanted)
        still = []
        for index in going:
            if _settle(lines[index], rungs[index], verdicts, index):
                continue
            step = min(position[index], len(LADDER) - 2)
            visited[index].add(step)
            coarse, fine = rungs[index][step], rungs[index][step + 1]
            verdict = judge(coarse, fine, lines[index])
            previous = verdicts[index]
            if previous is None or verdict.bound < previous.bound:
                verdicts[index] = verdict
            if verdict.clearly_bad and verdict.bound <= 1e-3 * abs(verdict.error):
                continue
            noisy = np.isfinite(verdict.bound) and 6 * fine.noise > 0.5 * verdict.bound
            position[index] = step - 1 if noisy else step + 1
            if 0 <= position[index] < len(LADDER) - 1 and position[index] not in visited[index]:
                still.append(index)
        going = still
    return [verdict for verdict in verdicts if verdict is not None]


def _measure(
    base: Base, lines: Sequence[Line], rungs: list[dict[int, Rung]], wanted: list[tuple[int, int]]
) -> Stage[None]:
    points: list[Point] = []
    for index, step in wanted:
        name = lines[index].name
        plus, minus = displaced(base.inputs[name], lines[index].u, LADDER[step])
        points += [{**base.inputs, name: plus}, {**base.inputs, name: minus}]
    values = yield from values_at(base, points)
    for number, (index, step) in enumerate(wanted):
        three = (values[2 * number], values[2 * number + 1], base.centre)
        array = base.inputs[lines[index].name]
        rungs[index][step] = rung(lines[index], array, LADDER[step], three, base.level)


def _settle(line: Line, rungs: dict[int, Rung], verdicts: list[Verdict | None], index: int) -> bool:
    """Whether one of the steps already agrees with the claim; then that is the verdict."""
    for at in rungs.values():
        if accepted(line, at):
            bound = max(abs(at.error), 6 * at.noise, 64 * line.epsilon * line.size)
            verdicts[index] = Verdict(at.error, bound, False, line.size, True, line.epsilon)
            return True
    return False
