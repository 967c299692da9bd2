"""What a formula may compute: operators, functions and methods, none of which can take memory at will.

Every operation whose result may be larger than its operands asks first how large it will be: broadcasting
``x[:, None] * x`` once more multiplies what it holds, and a Python integer grows with each power.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


class FormulaError(ValueError):
    """A formula that is not in the grammar, or whose value would be too large; the message names the part."""


MAX_ELEMENTS = 1 << 22
"""Elements that a part of a formula may have, unless what it was given has more."""
_MAX_BITS = 1_000
"""Of a power of Python integers: the largest float has 1024."""
_FIT = 1e-6
"""Relative to the largest entry: what differs by less is equal but for rounding."""
_MAX_SIDE = 1 << 22
_MAX_AXES = 16
_PLAIN = frozenset({int, float, bool, np.ndarray, np.float64})


def _size(value: Any) -> int:
    """The elements of an array, where an axis of length 0 counts as 1: a sum over it leaves the others."""
    return _extent(value.shape) if isinstance(value, np.ndarray) else 1


def _extent(shape: Sequence[int]) -> int:
    return math.prod(max(1, side) for side in shape)


def require_few_axes(value: Any) -> Any:
    """A part of a value; FormulaError where indexing has given it too many axes."""
    if isinstance(value, np.ndarray) and value.ndim > _MAX_AXES:
        raise FormulaError(f"a part of the formula has {value.ndim} axes")
    return value


def _require_size(size: int, *operands: Any) -> None:
    if size > MAX_ELEMENTS and size > max(map(_size, operands)):
        raise FormulaError(
            f"a part of the formula has {size:,} elements: at most {MAX_ELEMENTS:,} are computed"
        )


def _numeric(value: Any) -> Any:
    """``value``, if it is a number or an array of numbers; a list times 10⁹ would be 10⁹ lists."""
    if type(value) in _PLAIN and (type(value) is not np.ndarray or not value.dtype.hasobject):
        return value
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufc":
        return value
    if isinstance(value, int | float):
        return value
    raise TypeError(
        f"a formula computes with numbers and arrays, not with a value of type {type(value).__name__}"
    )


def _operands(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers and arrays that fit together; lists beside an array count as arrays, as NumPy takes them."""
    if any(isinstance(value, np.ndarray) for value in values):
        values = tuple(np.array(v) if isinstance(v, list | tuple) else v for v in values)
    values = tuple(map(_numeric, values))
    shapes = {value.shape for value in values if isinstance(value, np.ndarray)}
    if len(shapes) > 1:
        _require_size(_extent(np.broadcast_shapes(*shapes)), *values)
    return values


def _elementwise(function: Callable[..., Any]) -> Callable[..., Any]:
    def compute(*values: Any) -> Any:
        return function(*_operands(values))

    return compute


def _power(left: Any, right: Any) -> Any:
    left, right = _operands((left, right))
    if isinstance(left, int) and isinstance(right, int) and right > 0:
        bits = int(left).bit_length() * int(right)
        if bits > _MAX_BITS:
            raise FormulaError(f"a power of {bits:,} bits is too large to be computed")
    return left**right


def _product(left: Any, right: Any) -> Any:
    """A product of two Python integers, which have no bound of their own; or any other product."""
    left, right = _operands((left, right))
    value = left * right
    if type(value) is int and value.bit_length() > _MAX_BITS:
        raise FormulaError("a product of Python integers is too large to be computed")
    return value


def _dot(left: Any, right: Any) -> Any:
    a, b = _array(left), _array(right)
    if a.ndim and b.ndim:
        inner = b.shape[:-2] + b.shape[-1:] if b.ndim > 1 else ()
        _require_size(_extent(a.shape[:-1] + inner), a, b)
    return np.dot(left, right)


def _allclose(left: Any, right: Any) -> bool:
    """Equal shapes and entries, but for rounding beside the largest; NaN equals NaN, and infinity itself."""
    a, b = (np.asarray(_array(value), dtype=np.float64) for value in (left, right))
    if a.shape != b.shape:
        return False
    finite = np.abs(b[np.isfinite(b)])
    return bool(np.allclose(a, b, rtol=0, atol=_FIT * float(finite.max(initial=0.0)), equal_nan=True))


def _array(value: Any) -> Any:
    return _numeric(value if isinstance(value, np.ndarray | np.generic) else np.asarray(value))


def new_array(value: Any) -> Any:
    """A copy of an array, or an array of a list of numbers."""
    return np.array(_array(value))


def _unary(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of one array that gives no more than it takes; a list counts as an array."""

    def compute(value: Any, **options: Any) -> Any:
        return function(_array(value), **options)

    return compute


def to_float(value: Any) -> float:
    """A number as a float; text is not read."""
    return float(_numeric(value))


def _reshape(value: Any, *shape: Any) -> Any:
    sides = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    if (
        not sides
        or len(sides) > 8
        or not all(type(side) is int and -1 <= side <= _MAX_SIDE for side in sides)
    ):
        raise FormulaError(f"`.reshape` takes up to 8 integers, each at most {_MAX_SIDE:,}")
    value = _require_array(value)
    _require_size(_extent(sides), value)
    return value.reshape(sides)


def _require_array(value: Any) -> Any:
    if not isinstance(value, np.ndarray | np.generic):
        raise TypeError(f"a method of arrays is asked of a value of type {type(value).__name__}")
    return value


def _reduce(name: str) -> Callable[..., Any]:
    def compute(value: Any, *axis: Any, **options: Any) -> Any:
        if not all(map(_is_axis, axis)):
            raise FormulaError(f"`.{name}` takes an axis: an integer, or a tuple of integers")
        return getattr(_require_array(value), name)(*axis, **options)

    return compute


def _is_axis(value: Any) -> bool:
    axes = value if isinstance(value, tuple) else (value,)
    return value is None or all(type(axis) is int and abs(axis) <= _MAX_AXES for axis in axes)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of NumPy: how many operands it takes, and what may be said by name."""

    compute: Callable[..., Any]
    operands: int
    keywords: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Method:
    """A method of arrays: at most so many literals, and what may be said by name."""

    compute: Callable[..., Any]
    literals: int
    keywords: frozenset[str] = frozenset()


_REDUCED = frozenset({"axis", "keepdims"})
KEYWORDS: dict[str, Callable[[Any], bool]] = {"axis": _is_axis, "keepdims": lambda value: type(value) is bool}

OPERATORS: dict[type[ast.operator], Callable[..., Any]] = {
    ast.Add: _elementwise(operator.add),
    ast.Sub: _elementwise(operator.sub),
    ast.Mult: _product,
    ast.Div: _elementwise(operator.truediv),
    ast.FloorDiv: _elementwise(operator.floordiv),
    ast.Mod: _elementwise(operator.mod),
    ast.Pow: _power,
}
COMPARISONS: dict[type[ast.cmpop], Callable[..., Any]] = {
    ast.Lt: _elementwise(operator.lt),
    ast.LtE: _elementwise(operator.le),
    ast.Gt: _elementwise(operator.gt),
    ast.GtE: _elementwise(operator.ge),
    ast.Eq: _elementwise(operator.eq),
    ast.NotEq: _elementwise(operator.ne),
}
SIGNS: dict[type[ast.unaryop], Callable[..., Any]] = {
    ast.USub: _elementwise(operator.neg),
    ast.UAdd: _elementwise(operator.pos),
}
CONSTANTS: dict[str, float] = {"pi": np.pi, "e": np.e}
ATTRIBUTES: dict[str, Callable[[Any], Any]] = {"T": lambda value: _require_array(value).T}

_ONE = (
    "abs absolute arctan ceil cos cosh exp expm1 floor isfinite isinf isnan log log10 log1p log2 logical_not "
    "negative sign sin sinh sqrt square tan tanh"
)
_TWO = "add divide logical_and logical_or maximum minimum multiply power subtract"
FUNCTIONS: dict[str, Function] = {
    **{name: Function(_unary(getattr(np, name)), 1) for name in _ONE.split()},
    **{name: Function(_elementwise(getattr(np, name)), 2) for name in _TWO.split()},
    **{
        name: Function(_unary(getattr(np, name)), 1, _REDUCED)
        for name in ("sum", "mean", "prod", "max", "min", "std", "var", "any", "all")
    },
    "where": Function(_elementwise(np.where), 3),
    "clip": Function(_elementwise(np.clip), 3),
    "dot": Function(_dot, 2),
    "allclose": Function(_allclose, 2),
}
METHODS: dict[str, Method] = {
    "reshape": Method(_reshape, 8),
    "copy": Method(lambda value: _require_array(value).copy(), 0),
    **{name: Method(_reduce(name), 1, _REDUCED) for name in ("sum", "mean", "max", "min")},
}
