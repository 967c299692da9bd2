"""The check of functions of this process: a plain loop that answers the engine's requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from grader.gradients.calls import as_arrays, gradients_of, output_of, split
from grader.gradients.engine import examine
from grader.gradients.explain import RAISED_BY
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
    where the output is a number. Both are called with float64 copies; integers that ``backward`` gives no
    gradient for (labels) are handed over as they are. The caller's arrays are never touched, and a function
    that writes to what it is given is noted. Raises CallError, with what to write, for another form of call,
    and NoValueError when ``forward`` gives nothing finite at ``inputs``; what a function raises is passed on.
    """
    calls = _Calls(forward, backward, dout, as_arrays(inputs))
    stages = examine(calls.moved, dout, seed=seed)
    answers: list[Any] | None = None
    with np.errstate(all="ignore"):
        while True:
            try:
                request = next(stages) if answers is None else stages.send(answers)
            except StopIteration as done:
                report: GradientReport = done.value
                return replace(report, notes=(*report.notes, *calls.written))
            answers = calls.answered(request)


class _Calls:
    """The two functions as the engine asks them, and what they were seen to write to."""

    def __init__(
        self, forward: Forward, backward: Backward, dout: Any, arrays: dict[str, np.ndarray[Any, Any]]
    ) -> None:
        self._forward, self._backward, self._dout = forward, backward, dout
        self._names = tuple(arrays)
        self._answered = False
        self.written: dict[Note, None] = {}
        with np.errstate(all="ignore"):  # dout is to fit before backward is given it
            self._output({name: array.copy() for name, array in arrays.items()})
        self.moved, self._whole = split(arrays, self._first_answer(arrays))

    def _first_answer(self, arrays: Mapping[str, Any]) -> Mapping[str, Any]:
        """The gradients, to see which integers are labels; nothing is called where there are none."""
        if all(array.dtype.kind == "f" for array in arrays.values()):
            return {}
        with np.errstate(all="ignore"):
            return self._gradients({name: array.copy() for name, array in arrays.items()}, self._weight())

    def answered(self, request: Request) -> list[Any]:
        """Call the function at each point; one that comes twice is handed over as the first call left it."""
        answers: list[Any] = []
        given: list[tuple[Point, dict[str, Any]]] = []
        weight = self._weight()
        for point in request.points:
            mine = next((copy for seen, copy in given if seen is point), None)
            if mine is None:
                mine = {
                    name: (point[name] if name in point else self._whole[name]).copy() for name in self._names
                }
                given = [(point, mine)]
            if request.kind == "forward":
                answers.append(_snapshot(self._output(mine)))
            else:
                upstream = self._weight()
                gradients = self._gradients(mine, upstream)
                answers.append({n: _snapshot(value) for n, value in gradients.items() if n in point})
                if not np.array_equal(upstream, weight):
                    self.written[Note("writes_dout", "backward")] = None
            for name in self._names:
                before = point[name] if name in point else self._whole[name]
                if not np.array_equal(np.asarray(mine.get(name)), before):
                    self.written[Note("writes_input", request.kind, name)] = None
        return answers

    def _weight(self) -> Any:
        return np.array(1.0 if self._dout is None else self._dout, dtype=np.float64)[()]

    def _output(self, arrays: dict[str, Any]) -> Any:
        try:
            value = self._forward(arrays)
        except Exception as error:
            error.add_note(RAISED_BY["forward"])
            raise
        return output_of(value, self._dout)

    def _gradients(self, arrays: dict[str, Any], dout: Any) -> Mapping[str, Any]:
        try:
            answer = self._backward(arrays, dout)
        except Exception as error:
            error.add_note(RAISED_BY["backward"])
            raise
        gradients = gradients_of(answer, self._names, required=not self._answered)
        self._answered = True
        return gradients


def _snapshot(value: Any) -> Any:
    """An answer as it is now, should the function write to it later."""
    return np.array(value) if isinstance(value, np.ndarray) else value
