"""Patterns of wrong arrays beside the right ones: sign, factor, transpose, reversed rows, a missing term.

A pattern is told of a part only where it is true of every case of that part, and where it explains enough:
at least two cases with two entries or more each, since any two numbers have a ratio. Where the part is a
single number, it is told for two cases at least. Factors are such as a person would look for: 2, ½, 4, ¼, a
size of the case, or the strength of the regularisation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.compare import scaled_error
from grader.model import Finding
from grader.model.reasons import AllZero, Rectified, Reversed, Scale, Term, Transposed, WrongSign

_FIT = 1e-6
"""Scaled error below which a pattern explains an array."""
_ROUNDING = 1e-12
_CONSTANTS = (2.0, 0.5, 4.0, 0.25, -2.0, -0.5)
_MULTIPLES = (1.0, 0.5, 2.0, 0.25)
"""Of a term, or of the strength of the regularisation."""
_ENOUGH = 2
"""Cases, and entries of each that are not 0 where they are right."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A result of one case, as float arrays of one shape, beside the right one, with what it was made of."""

    part: str
    actual: Any
    expected: Any
    sizes: Mapping[str, int]
    """Lengths of axes by name (N, C, …)."""
    inputs: Mapping[str, Any]
    """Arrays by name."""
    reg: float = 0.0
    """Strength of the regularisation; 0 where the case has none."""

    @property
    def entries(self) -> int:
        """How many entries say something: those that are not 0, in the wrong array or the right one."""
        return int(np.count_nonzero((self.actual != 0) | (self.expected != 0)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A statement about a part that can be asked of every case."""

    name: tuple[object, ...]
    """What makes it the same statement in two cases."""
    fits: Callable[[Pair], bool]
    finding: Callable[[Pair], Finding]
    """The statement, in the numbers of one case."""


def pair_of(
    part: str,
    actual: Any,
    expected: Any,
    sizes: Mapping[str, int],
    inputs: Mapping[str, Any],
    reg: float = 0.0,
) -> Pair | None:
    """The pair to look at; None where a pattern cannot be asked: other shapes, nothing, NaN or infinity."""
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape or a.size == 0 or not np.all(np.isfinite(a)):
        return None
    return Pair(part, a, e, sizes, inputs, reg)


def find_pattern(wrong: Sequence[Pair], right: Sequence[Pair] = ()) -> Pattern | None:
    """The pattern that holds in all cases of one part; None where none does, or several that differ.

    ``wrong``: the cases that fail; ``right``: those that pass, which must not contradict it.
    """
    if sum(explains(pair) for pair in wrong) < _ENOUGH:
        return None
    telling = max(wrong, key=lambda pair: (pair.entries, sum(pair.sizes.values())))
    with np.errstate(all="ignore"):  # an answer may be as large as it likes
        for family in _families(telling):
            holding = [pattern for pattern in family if all(map(pattern.fits, (*wrong, *right)))]
            if holding:
                return holding[0] if len(holding) == 1 else _certain(holding)
    return None


def _certain(holding: Sequence[Pattern]) -> Pattern | None:
    """Of several factors that fit, a plain number: that it is a size of the case is then not shown."""
    return next((pattern for pattern in holding if pattern.name[0] == "constant"), None)


def explains(pair: Pair) -> bool:
    """Whether a case has enough entries to be told a pattern of its own; a single number always has."""
    return pair.expected.ndim == 0 or pair.entries >= _ENOUGH


def _families(pair: Pair) -> Iterator[list[Pattern]]:
    """What may be so, the most telling first; of one family a single one should hold."""
    a, e = pair.actual, pair.expected
    if np.any(a > 0) and np.any(e < 0):
        yield [_plain(Rectified, lambda p: np.maximum(p.expected, 0))]
    yield [*_penalties(pair), *_terms(pair)]
    if not np.any(a) and a.size > 1:
        yield [_plain(AllZero, lambda p: np.zeros_like(p.expected))]
    yield [_plain(WrongSign, lambda p: -p.expected)]
    if np.any(a) and np.any(e):
        yield [*map(_constant, _CONSTANTS), *_sizes(pair), *([_regularisation()] if pair.reg else [])]
    yield [Pattern(("transpose",), _is_transposed, lambda p: Transposed(p.part))]
    if a.ndim:
        yield [_plain(Reversed, lambda p: p.expected[::-1])]


def _plain(kind: Callable[[str], Finding], due: Callable[[Pair], Any]) -> Pattern:
    """``actual`` is what ``due`` makes of a case."""
    return Pattern((kind,), lambda p: _close(p.actual, due(p)), lambda p: kind(p.part))


def _constant(factor: float) -> Pattern:
    return Pattern(
        ("constant", factor),
        lambda p: _close(p.actual, factor * p.expected),
        lambda p: Scale(p.part, factor),
    )


def _sizes(pair: Pair) -> Iterator[Pattern]:
    """A size of the case as the factor, or one by it."""
    for name, size in pair.sizes.items():
        if size > 1:
            yield _size(name, inverse=True)
            yield _size(name, inverse=False)


def _size(name: str, *, inverse: bool) -> Pattern:
    def factor(p: Pair) -> float:
        size = float(p.sizes.get(name, 0))
        return 1 / size if inverse and size else size

    return Pattern(
        ("size", name, inverse),
        lambda p: name in p.sizes and _close(p.actual, factor(p) * p.expected),
        lambda p: Scale(p.part, factor(p), name, p.sizes[name]),
    )


def _regularisation() -> Pattern:
    return Pattern(
        ("reg",),
        lambda p: p.reg != 0 and _close(p.actual, p.reg * p.expected),
        lambda p: Scale(p.part, p.reg, "reg"),
    )


def _is_transposed(p: Pair) -> bool:
    square = p.actual.ndim == 2 and p.actual.shape[0] == p.actual.shape[1]
    return square and _close(p.actual.T, p.expected)


def _terms(pair: Pair) -> Iterator[Pattern]:
    """Expected − actual = c · input: a term that is missing (c > 0) or too much (c < 0)."""
    gap = pair.expected - pair.actual
    for name in pair.inputs:
        array = _like(pair, name)
        # of two entries a chance fit is likely
        if array is None or gap.size < 3 or not np.any(array):
            continue
        c = float(np.vdot(gap, array) / np.vdot(array, array))
        if abs(c) < 1e-9:
            continue
        sign = 1.0 if c > 0 else -1.0
        units = [(m, False) for m in _MULTIPLES] + [(m, True) for m in _MULTIPLES if pair.reg]
        for multiple, of_reg in units:
            if np.isclose(abs(c), multiple * (pair.reg if of_reg else 1.0), rtol=1e-6):
                yield _term(name, sign * multiple, of_reg)


def _like(pair: Pair, name: str) -> Any:
    """An input in the shape of the part, one that stands in every row too (a bias, say); or None."""
    value, shape = pair.inputs.get(name), pair.actual.shape
    if value is None:
        return None
    if len(shape) == 2 and value.shape == shape[1:]:
        return np.broadcast_to(value, shape)
    return value if value.shape == shape else None


def _term(name: str, multiple: float, of_reg: bool) -> Pattern:
    def coefficient(p: Pair) -> float:
        return multiple * (p.reg if of_reg else 1.0)

    def fits(p: Pair) -> bool:
        array = _like(p, name)
        return array is not None and _close(p.actual + coefficient(p) * array, p.expected)

    def said(p: Pair) -> Finding:
        return Term(p.part, name, coefficient(p), abs(multiple) if of_reg else 0.0)

    return Pattern(("term", name, multiple, of_reg), fits, said)


def _penalties(pair: Pair) -> Iterator[Pattern]:
    """A loss that is off by a multiple of ½·reg·Σ p², for some of the parameters p."""
    if not pair.reg or pair.actual.ndim:
        return
    for of in ("W", "b", *(name for name in pair.inputs if name[:1] in ("W", "b"))):
        for times in (1.0, -1.0, 0.5, -0.5, 2.0, -2.0):
            yield _penalty(of, times)


def _penalty(of: str, times: float) -> Pattern:
    """Of one parameter, or of all weights (``W``) or biases (``b``) that a case has."""

    def names(p: Pair) -> list[str]:
        return [name for name in p.inputs if name == of or (len(of) == 1 and name.startswith(of))]

    def fits(p: Pair) -> bool:
        term = 0.5 * times * p.reg * sum(float(np.sum(np.square(p.inputs[name]))) for name in names(p))
        gap = float(p.expected - p.actual)
        return abs(gap - term) <= _FIT * abs(term) + _ROUNDING * abs(float(p.expected))

    def said(p: Pair) -> Finding:
        return Term(p.part, ", ".join(names(p)), times, 0.5 * abs(times), squares=True)

    return Pattern(("penalty", of, times), fits, said)


def _close(actual: Any, due: Any) -> bool:
    return actual.shape == due.shape and scaled_error(actual, due) <= _FIT
