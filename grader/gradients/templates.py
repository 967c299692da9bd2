"""One cause for all errors of a gradient, fitted to a few lines: no search is needed where one fits.

Along line k the error is eₖ = (true − claimed)·uₖ. A cause says true − claimed = c·T for a known array T;
least squares gives c = Σ aₖeₖ / Σ aₖ² with aₖ = T·uₖ, and it fits if every eₖ − c·aₖ is within its bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.gradients.lines import Line, Verdict
from grader.gradients.report import Mistake
from grader.gradients.values import Array

NEAR = 2e-4
"""Relative distance at which a fitted number is taken for a round one."""


def fit(
    seen: Sequence[tuple[Line, Verdict]], name: str, inputs: Mapping[str, Array], counts: Sequence[int]
) -> tuple[Mistake, str] | None:
    """The cause and its sentence, or None. ``counts``: lengths (batch, classes) that may be a lost factor."""
    g, parameter = seen[0][0].g, inputs[name]
    errors = np.array([verdict.error for _, verdict in seen])
    slack = np.array([2 * verdict.bound + 1e-5 * np.abs(errors).max() for _, verdict in seen])
    if len(seen) < 4 or not np.all(np.isfinite(errors)):
        return None
    for mistake, template in _templates(g, parameter):
        along = np.array([float(np.sum(template * line.u)) for line, _ in seen])
        if not np.any(along):
            continue
        c = float(along @ errors / (along @ along))
        if not np.all(np.abs(errors - c * along) <= slack):
            continue
        sentence = _sentence(mistake, c, name, inputs, counts)
        if sentence is not None:
            kind: Mistake = "sign" if mistake == "factor" and abs(c + 2) < NEAR else mistake
            return kind, sentence
    return None


def _templates(g: Array, parameter: Array) -> Iterator[tuple[Mistake, Array]]:
    if np.any(g):
        yield "factor", g
    yield "parameter", parameter
    yield "constant", np.ones_like(g)
    if g.ndim == 2 and g.shape[0] == g.shape[1]:
        yield "transposed", g.T - g
    if g.ndim >= 1 and g.shape[0] > 1:
        yield "rows reversed", g[::-1] - g


def _sentence(
    mistake: Mistake, c: float, name: str, inputs: Mapping[str, Array], counts: Sequence[int]
) -> str | None:
    if mistake == "factor":
        return factor(1 + c, counts)
    if mistake == "parameter":
        scalars = {other: float(a) for other, a in inputs.items() if a.ndim == 0 and other != name}
        matches = [
            (other, m) for other, v in scalars.items() for m in (1.0, 2.0, 0.5) if _near(abs(c), m * v)
        ]
        size = f"{abs(c):.6g}"
        if matches:
            size = matches[0][0] if matches[0][1] == 1 else f"{matches[0][1]:g} · {matches[0][0]}"
        if c > 0:
            return f"the term {size} · {name} is missing (the gradient of a regularisation, or a part of it)"
        return f"it has {size} · {name} too much (a regularisation that is doubled, or not in the loss)"
    if mistake == "constant":
        return f"every entry is too {'small' if c > 0 else 'large'} by {abs(c):.6g}"
    if abs(c - 1) > NEAR:
        return None
    return "it is transposed" if mistake == "transposed" else "its rows are in reversed order"


def factor(ratio: float, counts: Sequence[int] = ()) -> str:
    """In words: the true gradient is ``ratio`` times the claimed one."""
    if _near(ratio, -1):
        return "its sign is flipped"
    if abs(ratio) < NEAR:
        return "it should be zero"
    sign = "" if ratio > 0 else ", and its sign is flipped"
    size = abs(ratio)
    for count in (2, *sorted(set(counts))):
        if count > 1 and _near(size * count, 1):
            return f"it is {count} times too large{sign}"
        if count > 1 and _near(size, count):
            return f"it is {count} times too small{sign}"
    return f"the derivative is {ratio:.6g} times what is given"


def _near(value: float, goal: float) -> bool:
    return abs(value - goal) < NEAR * abs(goal)
