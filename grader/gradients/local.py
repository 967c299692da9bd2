"""The check of functions of this process: a plain loop that answers the engine's requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.gradients.engine import examine
from grader.gradients.report import GradientReport, Note
from grader.gradients.values import Point, Request

Forward = Callable[[dict[str, Any]], Any]
Backward = Callable[[dict[str, Any], Any], Mapping[str, Any]]


def check(
    forward: Forward, backward: Backward, inputs: Mapping[str, Any], dout: Any = None, *, seed: int = 0
) -> GradientReport:
    """Check ``backward`` against ``forward`` at ``inputs``.

    ``forward(inputs)`` gives an array or a number, ``backward(inputs, dout)`` a dict with the gradient of
    Σ out·dout for each input that it answers for. ``dout`` has the shape of the output; None stands for 1.0
    where the output is a number. Both are called with float64 copies; the caller's arrays are never touched,
    and a function that writes to what it is given is noted. Raises NoValueError when ``forward`` gives
    nothing finite at ``inputs``.
    """
    stages = examine(inputs, dout, seed=seed)
    written: dict[Note, None] = {}
    answers: list[Any] | None = None
    with np.errstate(all="ignore"):
        while True:
            try:
                request = next(stages) if answers is None else stages.send(answers)
            except StopIteration as done:
                report: GradientReport = done.value
                return replace(report, notes=(*report.notes, *written))
            answers = _answered(request, forward, backward, dout, written)


def _answered(
    request: Request, forward: Forward, backward: Backward, dout: Any, written: dict[Note, None]
) -> list[Any]:
    """Call the function at each point; a point that comes twice is handed over as the first call left it."""
    weight = np.array(1.0 if dout is None else dout, dtype=np.float64)[()]
    answers: list[Any] = []
    given: list[tuple[Point, dict[str, Any]]] = []
    for point in request.points:
        mine = next((copy for seen, copy in given if seen is point), None)
        if mine is None:
            mine = {name: array.copy() for name, array in point.items()}
            given = [(point, mine)]
        if request.kind == "forward":
            answers.append(_kept(forward(mine)))
        else:
            upstream = np.array(weight)[()]
            answers.append({name: _kept(value) for name, value in backward(mine, upstream).items()})
            if not np.array_equal(upstream, weight):
                written[Note("writes_dout", "backward")] = None
        for name, array in point.items():
            if not np.array_equal(np.asarray(mine.get(name)), array):
                written[Note("writes_input", request.kind, name)] = None
    return answers


def _kept(value: Any) -> Any:
    """An answer as it is now, should the function write to it later."""
    return np.array(value) if isinstance(value, np.ndarray) else value
