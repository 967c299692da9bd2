"""Patterns of a wrong array beside the right one: sign, factor, transpose, reversed, a missing term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.checks.compare import scaled_error
from grader.model import Finding
from grader.model.reasons import AllZero, Rectified, Reversed, Scale, Term, Transposed, WrongSign

_FIT = 1e-6
"""Scaled error below which a pattern explains an array."""


def find_pattern(
    part: str,
    actual: Any,
    expected: Any,
    sizes: Mapping[str, int],
    inputs: Mapping[str, Any],
    reg: float | None = None,
) -> Finding | None:
    """The first pattern that explains ``actual`` from ``expected``; None where none does: never a guess.

    ``sizes``: axis lengths by name (N, C, …), to say which number a factor is; ``inputs``: arrays by name;
    ``reg``: the strength of the regularisation, where the case has one.
    """
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape or a.size == 0 or not np.all(np.isfinite(a)):
        return None
    with np.errstate(all="ignore"):  # an answer may be as large as it likes
        return next(_patterns(part, a, e, sizes, inputs, reg), None)


def _patterns(
    part: str, a: Any, e: Any, sizes: Mapping[str, int], inputs: Mapping[str, Any], reg: float | None
) -> Iterator[Finding]:
    if np.any(a > 0) and np.any(e < 0) and _fits(a, np.maximum(e, 0)):
        yield Rectified(part)
        return
    if reg and a.ndim == 0:
        yield from _penalty(part, float(a), float(e), inputs, reg)
    yield from _missing_term(part, a, e, inputs, reg)
    if not np.any(a) and np.any(e) and a.size > 1:
        yield AllZero(part)
        return
    if _fits(-a, e):
        yield WrongSign(part)
        return
    factor = _factor(a, e)
    if factor is not None:
        yield _scale(part, factor, sizes)
        return
    if a.ndim == 0 and float(e):  # of a single number only a factor that is a size of the case says something
        ratio = float(a) / float(e)
        if any(n > 2 and np.isclose(max(ratio, 1 / ratio), n, rtol=1e-6) for n in sizes.values() if ratio):
            yield _scale(part, ratio, sizes)
    if a.ndim == 2 and a.shape[0] == a.shape[1] and _fits(a.T, e):
        yield Transposed(part)
    if a.ndim and a.shape[0] > 1 and _fits(a[::-1], e):
        yield Reversed(part)


def _fits(a: Any, e: Any) -> bool:
    return scaled_error(a, e) <= _FIT


def _factor(a: Any, e: Any) -> float | None:
    """K with a = k·e, or None. Two entries at least: any two numbers have a ratio."""
    if a.size < 2 or not np.any(e):
        return None
    k = float(np.vdot(a, e) / np.vdot(e, e))
    return k if k != 0 and abs(k - 1) > _FIT and _fits(a / k, e) else None


def _scale(part: str, factor: float, sizes: Mapping[str, int]) -> Finding:
    """Name a factor by the sizes of the case where one of them is it."""
    for name, size in sizes.items():
        too_small = bool(np.isclose(factor, 1 / size, rtol=1e-6))
        if size < 2 or not (too_small or np.isclose(factor, size, rtol=1e-6)):
            continue
        return Scale(part, factor, name, size)
    return Scale(part, factor)


def _missing_term(
    part: str, a: Any, e: Any, inputs: Mapping[str, Any], reg: float | None
) -> Iterator[Finding]:
    """Expected − actual = c·input: a term that is missing (c > 0) or too much (c < 0)."""
    gap = e - a
    for name, value in inputs.items():
        in_every_row = a.ndim == 2 and value.shape == a.shape[1:]  # a bias, say
        array = np.broadcast_to(value, a.shape) if in_every_row else value
        if array.shape != a.shape or a.size < 3 or not np.any(array):  # of two entries a chance fit is likely
            continue
        c = float(np.vdot(gap, array) / np.vdot(array, array))
        if abs(c) > 1e-9 and scaled_error(c * array, gap) <= _FIT:
            plain = bool(np.isclose(abs(c), 1))
            yield Term(
                part,
                name,
                1.0 if plain and c > 0 else -1.0 if plain else c,
                0.0 if plain else _multiple(c, reg),
            )


def _penalty(part: str, a: float, e: float, inputs: Mapping[str, Any], reg: float) -> Iterator[Finding]:
    """A loss that is off by a multiple of ½·reg·Σ p², for some of the parameters p."""
    names = [name for name in inputs if name[:1] in ("W", "b")]
    groups = [[n for n in names if n.startswith("W")], [n for n in names if n.startswith("b")]]
    groups += [[name] for name in names]
    sizes = [sum(float(np.sum(np.square(inputs[name]))) for name in group) for group in groups]
    fits = [
        (group, times)
        for group, size in zip(groups, sizes, strict=True)
        for times in (1.0, -1.0, 0.5, -0.5, 2.0, -2.0)
        if size and abs((e - a) - 0.5 * times * reg * size) <= _FIT * abs(0.5 * times * reg * size)
    ]
    if (
        len(fits) == 1
    ):  # on the smallest rung, of small integers, two explanations may fit: then none is given
        ((group, times),) = fits
        yield Term(part, ", ".join(group), times, 0.5 * abs(times), squares=True)


def _multiple(c: float, reg: float | None) -> float:
    """``abs(c)`` in units of the regularisation strength, where that is 1/4, 1/2, 1 or 2; else 0."""
    if reg:
        for multiple in (1.0, 0.5, 2.0, 0.25):
            if np.isclose(abs(c), multiple * reg, rtol=1e-6):
                return multiple
    return 0.0
