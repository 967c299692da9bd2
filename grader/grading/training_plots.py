"""Training runs → plots: the student's beside the reference's. They are shown, and never scored.

A run is a dict: ``loss`` by iteration, ``epochs`` with the accuracies ``train`` and ``validation`` after
them, and the ``gradients`` before the first step.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from grader.model import Line, Plot

Run = Mapping[str, Any]
"""Histories of one run, by name."""
Role = Literal["yours", "reference"]

_MAX_NUMBERS = 100_000
"""Numbers of a history that are looked at."""
_POINTS = 100
"""Points of the lines of a plot, together; longer histories are averaged over stretches, of 25 at least."""


def plots(
    yours: Mapping[str, Run], reference: Mapping[str, Run], baselines: Mapping[str, float]
) -> tuple[Plot, ...]:
    """Loss and accuracies of one run, or of several by name; ``baselines`` accuracies to compare with."""
    drawn = [
        Plot("loss", "iteration", "loss", _lines("loss", yours, reference)),
        *_accuracies(yours, reference, baselines),
        Plot(
            "gradients",
            "layer",
            "root_mean_square",
            _norms(yours, reference),
            scale="log",
        ),
    ]
    return tuple(plot for plot in drawn if any(line.role == "yours" for line in plot.lines))


def numbers(value: Any) -> tuple[float, ...]:
    """A history as floats; nothing where it is not a list of numbers."""
    if not isinstance(value, list | tuple) or len(value) > _MAX_NUMBERS:
        return ()
    proper = all(isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in value)
    return tuple(float(v) for v in value) if proper else ()


def _accuracies(
    yours: Mapping[str, Run], reference: Mapping[str, Run], baselines: Mapping[str, float]
) -> list[Plot]:
    """One plot of both accuracies for one run; a plot each for several, which are to be compared."""

    def plot(title: str, lines: Sequence[Line]) -> Plot:
        longest = max(lines, key=lambda line: len(line.y), default=Line("", (0.0,)))
        baseline_lines = [
            Line(name, (share,) * len(longest.y), longest.x, role="given")
            for name, share in baselines.items()
        ]
        return Plot(title, "epoch", "share_right", (*lines, *baseline_lines), scale="share")

    sides = (("training_accuracy", "train"), ("validation_accuracy", "validation"))
    if len(yours) > 1:
        return [plot(title, _lines(what, yours, reference)) for title, what in sides]
    both = [
        Line("training" if what == "train" else what, line.y, line.x, line.role)
        for _, what in sides
        for line in _lines(what, yours, reference)
    ]
    return [plot("accuracy", both)]


def _lines(what: str, yours: Mapping[str, Run], reference: Mapping[str, Run]) -> tuple[Line, ...]:
    lines = []
    sides: tuple[tuple[Role, Mapping[str, Run]], ...] = (("yours", yours), ("reference", reference))
    for role, runs in sides:
        for name, run in runs.items():
            values = numbers(run.get(what))
            if what != "loss":
                values = tuple(v for v in values if 0 <= v <= 1)
            if values:
                x, y = _downsample(values, len(runs)) if what == "loss" else (_epochs(run, values), values)
                lines.append(Line(name or "loss", y, x, role))
    return tuple(lines)


def _epochs(run: Run, values: Sequence[float]) -> tuple[float, ...]:
    """Where accuracies stand; nothing where they are those of epochs 0, 1, 2 and so on."""
    epochs = tuple(run.get("epochs", ()))
    return () if epochs == tuple(range(len(values))) else epochs


def _downsample(values: Sequence[float], lines: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    stretches = np.array_split(np.asarray(values), min(max(25, _POINTS // lines), len(values)))
    ends = np.cumsum([len(stretch) for stretch in stretches])
    x = [float(end - (len(stretch) - 1) / 2) for end, stretch in zip(ends, stretches, strict=True)]
    with np.errstate(all="ignore"):
        return tuple(x), tuple(float(f"{np.mean(stretch):.5g}") for stretch in stretches)


def _norms(yours: Mapping[str, Run], reference: Mapping[str, Run]) -> tuple[Line, ...]:
    lines = []
    sides: tuple[tuple[Role, Mapping[str, Run]], ...] = (("yours", yours), ("reference", reference))
    for role, runs in sides:
        for name, run in runs.items():
            sizes = gradient_sizes(run.get("gradients"))
            if sizes:
                layers = tuple(float(layer) for layer in range(1, len(sizes) + 1))
                lines.append(Line(name or "gradients", sizes, layers, role))
    return tuple(lines)


def gradient_sizes(grads: Any) -> tuple[float, ...]:
    """Root mean square of the gradients by W1, W2, …; nothing where they are not arrays of numbers."""
    sizes: list[float] = []
    while isinstance(grads, dict) and f"W{len(sizes) + 1}" in grads:
        array = grads[f"W{len(sizes) + 1}"]
        if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not array.size:
            return ()
        with np.errstate(all="ignore"):
            size = math.sqrt(float(np.mean(np.square(array, dtype=np.float64))))
        sizes.append(float(f"{size:.4g}"))
    return tuple(sizes)
