"""Is this backward pass the derivative of that forward pass? A black-box answer, from forward values alone.

Pure mathematics: NumPy only, no files, no processes, no global random state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.gradients.engine import NoValueError, Request, examine
from grader.gradients.report import ArrayReport, GradientReport

__all__ = ["ArrayReport", "GradientReport", "NoValueError", "Request", "check", "examine"]

Forward = Callable[[dict[str, Any]], Any]
Backward = Callable[[dict[str, Any], Any], Mapping[str, Any]]


def check(
    forward: Forward, backward: Backward, inputs: Mapping[str, Any], dout: Any = None, *, seed: int = 0
) -> GradientReport:
    """Check ``backward`` against ``forward`` at ``inputs``.

    ``forward(inputs)`` gives an array or a number, ``backward(inputs, dout)`` a dict with the gradient of
    Σ out·dout for each input that it answers for. ``dout`` has the shape of the output; None stands for 1.0
    where the output is a number. Raises NoValueError when ``forward`` gives nothing finite at ``inputs``.
    """
    stages = examine(inputs, dout, seed=seed)
    answers: list[Any] | None = None
    with np.errstate(all="ignore"):
        while True:
            try:
                request = stages.send(answers) if answers is not None else next(stages)
            except StopIteration as done:
                report: GradientReport = done.value
                return report
            copies = [{k: v.copy() for k, v in point.items()} for point in request.points]
            if request.kind == "forward":
                answers = [forward(point) for point in copies]
            else:
                answers = [dict(backward(point, _copied(dout))) for point in copies]


def _copied(dout: Any) -> Any:
    return 1.0 if dout is None else np.array(dout, dtype=np.float64)[()]
