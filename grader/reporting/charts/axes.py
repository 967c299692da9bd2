"""Values → places on an axis, and the ticks that it is read by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LARGEST = 1e100
"""Beyond this a value counts as infinite, and below its inverse as zero: steps between would overflow."""
_NEARLY = 1e-9
"""Round-off that a number of steps may have and still be whole."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number written beside an axis; ``at`` is 0 at the low end and 1 at the high end."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From ``low`` to ``high``; of a logarithmic axis these are powers of ten."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    log: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a picture that both axes span, in units of the picture."""

    x: Axis
    y: Axis
    width: float
    height: float


def at(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """Where a point of the plot is in the picture, whose y points downward; NaN where it has no place."""
    return frame.width * place(frame.x, x), frame.height * (1 - place(frame.y, y))


def place(axis: Axis, value: float) -> float:
    """Where a value is, 0 … 1 within the axis; NaN where it has no place on it, however far out."""
    if not abs(value) < LARGEST or (axis.log and value <= 0):  # NaN is not less
        return math.nan
    return ((math.log10(value) if axis.log else value) - axis.low) / (axis.high - axis.low)


def shares() -> Axis:
    """0 to 1, read as per cent."""
    return Axis(0.0, 1.0, tuple(Tick(share / 100, f"{share} %") for share in (0, 25, 50, 75, 100)))


def linear(low: float, high: float, count: int) -> Axis:
    """From a round number to a round number, with about ``count`` ticks at 1, 2 or 5 times a power of ten."""
    low, high = _apart(low, high)
    step = _round_step((high - low) / count)
    return _axis_with_ticks(
        math.floor(low / step + _NEARLY) * step, math.ceil(high / step - _NEARLY) * step, step
    )


def between(low: float, high: float, count: int, *, least: float = 0.0) -> Axis:
    """From ``low`` to ``high`` exactly, with ticks at round numbers in between, ``least`` or more apart."""
    if low == high:
        return Axis(low - 1, high + 1, (Tick(0.5, position(low)),))
    low, high = _apart(low, high)
    return _axis_with_ticks(low, high, max(least, _round_step((high - low) / (count + 1))))


def decades(values: Sequence[float], count: int) -> Axis:
    """A logarithmic axis over positive values: whole powers of ten, every one of them where there is room."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high += high == low
    every = math.ceil((high - low) / count)
    high = low + every * math.ceil((high - low) / every)
    ticks = (Tick((n - low) / (high - low), _power(n)) for n in range(low, high + 1, every))
    return Axis(float(low), float(high), tuple(ticks), log=True)


def reading(value: float, digits: int = 3) -> str:
    """A value in a few significant digits: 0.412, −2, 3.1e−8, nan."""
    if not math.isfinite(value) or value == 0:
        return f"{value:g}".replace("-", "−").replace("−0", "0")
    if 1e-3 <= abs(value) < 1e5:
        whole = math.floor(math.log10(abs(value))) + 1
        return f"{value:.{max(0, digits - whole)}f}".replace("-", "−")
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−")


def position(value: float) -> str:
    """A place along the horizontal axis: a whole number in full, any other in four digits."""
    whole = abs(value) < 1e15 and value == int(value)
    return f"{value:.0f}".replace("-", "−") if whole else reading(value, 4)


def _axis_with_ticks(low: float, high: float, step: float) -> Axis:
    first, last = math.ceil(low / step - _NEARLY), math.floor(high / step + _NEARLY)
    values = [step * i for i in range(first, last + 1)]
    return Axis(low, high, tuple(Tick((v - low) / (high - low), _tick_text(v, step)) for v in values))


def _apart(low: float, high: float) -> tuple[float, float]:
    """The ends, with room between them where there is none to speak of."""
    size = max(abs(low), abs(high))
    if size < 1 / LARGEST:
        return -1.0, 1.0
    return (low, high) if high - low > _NEARLY * size else (low - size / 2, high + size / 2)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next((n for n in (1, 2, 5) if n * power >= rough * (1 - _NEARLY)), 10)


def _tick_text(value: float, step: float) -> str:
    """A tick with as many digits as its neighbours need to be told apart."""
    exponent = math.floor(math.log10(step) + _NEARLY)
    if value == 0:
        return "0"
    if step >= 1e-3 and abs(value) < 1e5:
        return f"{value:.{max(0, -exponent)}f}".replace("-", "−")
    decade = math.floor(math.log10(abs(value)) + _NEARLY)
    return reading(value, max(1, decade - exponent + 1))


def _power(exponent: int) -> str:
    return f"{10.0**exponent:g}" if -3 <= exponent <= 3 else f"1e{exponent}".replace("-", "−")
