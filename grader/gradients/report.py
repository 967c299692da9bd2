"""Records of a gradient check: a status, an explanation and the wrong places for each array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.gradients.explain import explain, sentence

Status = Literal["pass", "fail", "kink", "inconclusive"]
Convention = Literal["x > 0", "x >= 0", "between"]
Kind = Literal[
    "dtype", "shape", "not_finite", "not_repeatable", "not_given",
    "sign", "scale", "zero", "nonzero", "term", "offset", "transpose", "reversed", "swapped", "value",
    "most", "spread", "unexplained", "special_value", "tie",
    "kink",
    "rounding", "no_values", "isolated",
]  # fmt: skip
"""Kinds of explanations, a line each: a broken contract, one cause, no single cause, a kink, nothing seen."""


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a gradient that are wrong; what is not listed was seen to be right.

    Of an array (d0, d1, …, dk) a row is one index along d0, a column one of the d1·…·dk flattened others.
    ``elements`` are full indices. ``heat``: a picture of at most 16×16 blocks, each the largest error of its
    places relative to the gradient's rms.
    """

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    elements: tuple[tuple[int, ...], ...] = ()
    heat: tuple[tuple[float, ...], ...] = ()

    @property
    def count(self) -> int:
        """How many rows, columns and elements are listed."""
        return len(self.rows) + len(self.columns) + len(self.elements)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the gradient g of one array has its status; ``explain`` says it in English. The derivative is t.

    | kind | means | fields |
    |---|---|---|
    | ``dtype`` | g is no array of real numbers | ``dtype`` |
    | ``shape`` | g has another shape than its input | ``shape``, ``expected_shape`` |
    | ``not_finite`` | g holds NaN or infinity | |
    | ``not_repeatable`` | a second backward pass gives another g | |
    | ``not_given`` | backward gives no g | |
    | ``sign`` | g = −t | |
    | ``scale`` | g = factor·t | ``factor``; ``array``, ``axis``, ``length`` |
    | ``zero`` | g = 0, and t is not | |
    | ``nonzero`` | t = 0, and g is not | |
    | ``term`` | t = g + coefficient·input | ``input``, ``coefficient``; ``scalar``, ``multiple`` |
    | ``offset`` | g = t + offset | ``offset`` |
    | ``transpose`` | g = tᵀ | |
    | ``reversed`` | g = t[::-1] | |
    | ``swapped`` | two rows of t are swapped in g | |
    | ``value`` | one entry, or a gradient of one entry, is wrong | ``actual``, ``expected`` |
    | ``most`` | most entries are wrong | |
    | ``spread`` | entries in most rows and most columns are wrong | |
    | ``unexplained`` | g is not t, and no more is known | |
    | ``special_value`` | g is no subgradient at a few entries | |
    | ``tie`` | entries that are equal share one slope, and g counts it more than once, or not at all | |
    | ``kink`` | the slopes on two sides differ | ``convention``, ``kinked``, ``examined`` |
    | ``rounding`` | rounding hides the effect of g | |
    | ``no_values`` | forward gives no finite values beside the point | |
    | ``isolated`` | g differs here along lines, at no single entry and at no nearby point | |

    With ``where`` beside it an explanation holds of those places alone.
    """

    kind: Kind
    nearby: bool = False
    """Seen at a point near the one that was asked for; there g breaks its contract."""
    factor: float = 1.0
    """Actual by expected."""
    array: str = ""
    """The input, or ``dout``, that has an axis whose length is the factor, or one by it; else empty."""
    axis: int = 0
    length: int = 0
    input: str = ""
    coefficient: float = 0.0
    """Of the missing term; negative where it is there and should not be."""
    scalar: str = ""
    """A number among the inputs of which the coefficient's size is a plain ``multiple``; else empty."""
    multiple: float = 0.0
    offset: float = 0.0
    """Actual minus expected, at every entry."""
    actual: float = 0.0
    expected: float = 0.0
    dtype: str = ""
    shape: tuple[int, ...] = ()
    expected_shape: tuple[int, ...] = ()
    convention: Convention | Literal[""] = ""
    """Empty where the point is on a kink, and no entry shows which slope was taken."""
    kinked: int = 0
    """Of the ``examined`` entries so many are on a kink."""
    examined: int = 0


@dataclass(frozen=True, slots=True)
class ArrayReport:
    """One array's gradient. Errors are relative to ‖g∘u‖ along the directions u that were tried.

    ``resolution``: the smallest relative error that would have been seen. ``explanation`` is None where the
    gradient is right, or wrong in ``where`` without a common cause.
    """

    status: Status
    relative_error: float
    resolution: float
    explanation: Explanation | None = None
    where: Where | None = None

    def explain(self) -> str:
        """What is known of this gradient, in an English sentence."""
        return sentence(self)


@dataclass(frozen=True, slots=True)
class Note:
    """What is no wrong number and still a trap: a function that is random, or writes to its arguments."""

    kind: Literal["random", "writes_input", "writes_dout"]
    function: Literal["forward", "backward"]
    input: str = ""
    """The array that is written to."""


@dataclass(frozen=True, slots=True)
class GradientReport:
    """A whole check: ``arrays`` by name, the forward ``evaluations`` it took, and ``notes`` for a person."""

    status: Status
    arrays: dict[str, ArrayReport]
    evaluations: int
    notes: tuple[Note, ...] = ()

    def explain(self) -> str:
        """English sentences: one line an array, then the notes."""
        return explain(self)


def overall(arrays: dict[str, ArrayReport]) -> Status:
    """The worst status of all arrays: fail, then kink, then inconclusive, then pass."""
    order: tuple[Status, ...] = ("fail", "kink", "inconclusive", "pass")
    seen = {array.status for array in arrays.values()}
    return next((status for status in order if status in seen), "inconclusive")
