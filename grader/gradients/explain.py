"""English sentences of a gradient report; the only file of this folder that holds any.

The words are those of the grader's own messages: "2 times too large", "has the wrong sign", "is transposed".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.gradients.report import ArrayReport, Explanation, GradientReport, Note, Where

SHOWN = 5
"""A sentence lists at most so many places of a kind."""
_CLAUSES = {
    "dtype": "it is of dtype {dtype}, where real numbers are due",
    "not_finite": "it holds values that are NaN or infinite",
    "not_repeatable": (
        "a second backward pass on the same input gives another gradient: something that it needs is "
        "overwritten, or it is not deterministic"
    ),
    "not_given": "backward gives no gradient",
    "sign": "{it} {has} the wrong sign",
    "zero": "{it} {is_} 0 everywhere",
    "nonzero": "{it} should be 0 everywhere",
    "transpose": "it is transposed",
    "reversed": "it has its rows in reversed order",
    "swapped": "they are swapped",
    "most": "most of its entries are wrong",
    "spread": "it is wrong in most of its rows and columns",
    "unexplained": "it does not agree with differences of the forward pass",
    "rounding": "rounding hides the effect of so small a gradient",
    "no_values": "the forward pass gives no finite values beside this point",
    "isolated": "it differs along random lines, but at no single entry and not at a nearby point",
}
"""Kinds of explanations whose clause is a template, filled in from their fields."""
_CONVENTIONS = {
    "x > 0": "takes the slope on the left there, as x > 0 does for a ReLU",
    "x >= 0": "takes the slope on the right there, as x >= 0 does for a ReLU",
    "between": "takes a value between the slopes on its two sides",
}
_NOTES = {
    "random": "the {function} pass gave two different results for one input",
    "writes_input": "{function} writes to its input {input}",
    "writes_dout": "{function} writes to dout: the layer after it would see the change",
}


RAISED_BY = {
    "forward": "raised by forward(inputs), which grader.gradients.check called",
    "backward": "raised by backward(inputs, dout), which grader.gradients.check called",
}
"""Notes on exceptions of the two functions, which are passed on."""


def explain(report: GradientReport) -> str:
    """A report in English: one line an array, then the notes."""
    lines = [f"{name}: {sentence(array)}" for name, array in report.arrays.items()]
    return "\n".join([*lines, *map(_note, report.notes)])


def sentence(array: ArrayReport) -> str:
    """What is known of one array's gradient, without its name."""
    if array.status == "pass":
        return f"this is the derivative (an error of {array.resolution:.0e} would have been seen)."
    why = reason(array.explanation, array.where)
    if array.status == "inconclusive":
        if array.explanation is None or array.explanation.kind == "rounding":
            seen = f"an error below {array.resolution:.1g} would not have been seen"
            return f"could not be decided: {seen} ({why})." if why else f"could not be decided: {seen}."
        return f"could not be decided: {why}."
    verdict = "this is not the derivative" if array.status == "fail" else "a convention decides here"
    return f"{verdict}: {why}." if why else f"{verdict}."


def reason(explanation: Explanation | None, where: Where | None = None) -> str:
    """An explanation as a clause, without a full stop; empty where there is nothing to tell."""
    if explanation is not None and explanation.kind == "special_value":
        places = _listed([_index(element) for element in where.elements]) if where is not None else ""
        at = f"at {places} " if places else ""
        return f"{at}it is neither a slope of the function nor between its slopes on the left and the right"
    if explanation is not None and explanation.kind == "tie":
        places = _listed([_index(element) for element in where.elements]) if where is not None else ""
        tied = f"the inputs at {places} are tied" if places else "some inputs are tied"
        return f"{tied} and share one slope, which it counts more than once, or not at all"
    count = where.count if where is not None else 0
    why = _clause(explanation, many=count > 1) if explanation is not None else ""
    if where is None or not count:
        return why
    only = f"only {_places(where)} {'are' if count > 1 else 'is'} wrong"
    return f"{only}: {why}" if why else only


def _clause(e: Explanation, *, many: bool) -> str:
    it, is_, has = ("they", "are", "have") if many else ("it", "is", "has")
    if e.kind == "scale":
        clause = f"{it} {is_} {_scale(e, many=many)}"
    elif e.kind == "term":
        clause = _term(e)
    elif e.kind == "offset":
        clause = f"every entry is too {'large' if e.offset > 0 else 'small'} by {abs(e.offset):.6g}"
    elif e.kind == "value":
        expected, actual = distinct(e.expected, e.actual)
        clause = f"it should be {expected}, but is {actual}"
    elif e.kind == "shape":
        due = f"have the shape of its input, {e.expected_shape}" if e.expected_shape else "be one number"
        came = f"has shape {e.shape}" if e.shape else "is one number"
        clause = f"it should {due}, but {came}"
    elif e.kind == "kink":
        clause = _kink(e)
    else:
        clause = _CLAUSES[e.kind].format(it=it, is_=is_, has=has, dtype=e.dtype)
    return f"at a nearby point, {clause}" if e.nearby else clause


def _scale(e: Explanation, *, many: bool) -> str:
    if e.factor < 0:
        said = f"{times(e.factor)} times the right one{'s' if many else ''}"
    elif e.factor < 1:
        said = f"{times(1 / e.factor)} times too small"
    else:
        said = f"{times(e.factor)} times too large"
    return f"{said} ({e.length} is the length of axis {e.axis} of {e.array})" if e.array else said


def _term(e: Explanation) -> str:
    if e.scalar:
        size = e.scalar if e.multiple == 1 else f"{e.multiple:g} · {e.scalar}"
    else:
        size = f"{abs(e.coefficient):.6g}"
    term = e.input if size == "1" else f"{size} · {e.input}"
    if e.coefficient > 0:
        return f"it lacks the term {term} (the gradient of a regularisation, or a part of it)"
    return f"it contains an extra term, {term} (a regularisation that is doubled, or not in the loss)"


def _kink(e: Explanation) -> str:
    if not e.convention:
        return "the slopes on the two sides of the point differ"
    return (
        f"the point is on a kink at {e.kinked} of {e.examined} entries looked at, and the gradient "
        f"{_CONVENTIONS[e.convention]}"
    )


def _note(note: Note) -> str:
    return f"Note: {_NOTES[note.kind].format(function=note.function, input=note.input)}."


def _places(where: Where) -> str:
    groups = [
        ("row", "rows", [str(row) for row in where.rows]),
        ("column", "columns", [str(column) for column in where.columns]),
        ("entry", "entries", [_index(element) for element in where.elements]),
    ]
    return " and ".join(
        f"{one if len(names) == 1 else more} {_listed(names)}" for one, more, names in groups if names
    )


def _index(element: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, element))}]"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def times(factor: float) -> str:
    """A factor with the digits that a reader needs: at least so many that it is not 1."""
    digits = 4
    while digits < 17 and f"{abs(factor):.{digits}g}" == "1":
        digits += 1
    return f"{factor:.{digits}g}"


def distinct(one: float, other: float) -> tuple[str, str]:
    """Two numbers with six digits, or as many as tell them apart."""
    digits = 6
    while digits < 17 and f"{one:.{digits}g}" == f"{other:.{digits}g}":
        digits += 1
    return f"{one:.{digits}g}", f"{other:.{digits}g}"
