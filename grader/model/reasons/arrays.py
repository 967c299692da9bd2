"""What is wrong with an array: the pattern, or the place."""

from __future__ import annotations

from typing import Literal

from grader.model.findings import Finding, finding, tellable


@finding("values", when_hidden=True, vague=True)
class WrongValues(Finding):
    """Values are wrong, in the right shape."""

    part: str = tellable(default="")
    step: int = 0
    """Of several steps the first that is wrong, counted from 1; 0 where there is one alone."""
    steps: int = 0
    function: str = ""
    """Named where it is wrong for very large numbers."""
    of: str = ""
    """In a net with dropout: the gradient that is not the one for its masks, or ``loss``."""


@finding("number", when_hidden=True, vague=True)
class WrongNumber(Finding):
    """One number is not what it should be."""

    part: str = tellable(default="")
    expected: float = 0.0
    actual: float = 0.0


@finding("scale", when_hidden=True, distinguishing=("size",))
class Scale(Finding):
    """An array is a constant multiple of the right one."""

    part: str = tellable(default="")
    factor: float = 0.0
    """Actual by expected."""
    size: str = ""
    """The axis whose length is the factor, or one by it, such as ``N``."""
    length: int = 0


@finding("sign", when_hidden=True)
class WrongSign(Finding):
    """An array is minus the right one."""

    part: str = tellable(default="")


@finding("zero", when_hidden=True, vague=True)
class AllZero(Finding):
    """An array is 0 everywhere."""

    part: str = tellable(default="")


@finding("rectified", when_hidden=True)
class Rectified(Finding):
    """An array is max(0, right): a ReLU too much."""

    part: str = tellable(default="")


@finding("term", when_hidden=True, distinguishing=("input", "coefficient"))
class Term(Finding):
    """An array lacks a multiple of an input, or has it too much."""

    part: str = tellable(default="")
    input: str = ""
    """An array of the case; of a penalty, the parameters whose squares are summed, as a list."""
    coefficient: float = 0.0
    """Of the missing term; negative where it is there and should not be."""
    reg_multiple: float = 0.0
    """The coefficient's size in units of the regularisation strength, where it is a plain multiple of it."""
    squares: bool = False
    """The term is the sum of the input's squares."""


@finding("transpose", when_hidden=True)
class Transposed(Finding):
    """A square array is transposed."""

    part: str = tellable(default="")


@finding("reversed", when_hidden=True)
class Reversed(Finding):
    """An array has its rows in reversed order."""

    part: str = tellable(default="")


@finding("rows", when_hidden=True)
class WrongRows(Finding):
    """Some rows are wrong as a whole, and the others right."""

    part: str = tellable(default="")
    places: str = ""
    """Indices, as ``0, 3``; at most eight."""
    count: int = 0
    total: int = 0


@finding("columns", when_hidden=True)
class WrongColumns(Finding):
    """Some columns are wrong as a whole, and the others right."""

    part: str = tellable(default="")
    places: str = ""
    count: int = 0
    total: int = 0


@finding("elements", when_hidden=True)
class WrongElements(Finding):
    """Some entries are wrong, and the others right."""

    part: str = tellable(default="")
    places: str = ""
    """Indices, as ``[0, 1], [2, 2]``; at most five."""
    count: int = 0
    total: int = 0


@finding("not_finite", when_hidden=True)
class NotFinite(Finding):
    """An array holds NaN or infinity."""

    part: str = tellable(default="")
    count: int = 0
    total: int = 0


Pattern = Literal["sign", "zero", "rectified", "scale", "term", "transpose", "reversed"]
"""Kinds that explain a whole array."""
