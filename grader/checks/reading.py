"""Checks of a file that was downloaded: what the forms of several kinds have in common.

What ``judge`` takes for granted is asked here, since a bundle may be damaged or forged. All raise FieldError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.compare import real_array
from grader.model import Case, Check, Input, Ref
from grader.model.fields import FieldError, items, record, refuse, row


def kept(value: Any, where: str, case: Case) -> Ref:
    """A reference to a result that the key holds."""
    if not isinstance(value, Ref):
        raise refuse(value, where, "a reference to a result")
    if value not in case.keep:
        raise FieldError(f"{where} refers to a result that the key does not hold")
    return value


def real(value: Any, where: str, case: Case) -> Ref:
    """A reference to a result whose key is a number or an array of numbers."""
    ref = kept(value, where, case)
    if real_array(case.expected(ref)) is None:
        raise FieldError(f"{where} refers to a result whose key is no array of numbers")
    return ref


def each(reader: Callable[[Any, str, Case], Any], check: Check, where: str, case: Case) -> None:
    """Every output, read by ``reader``."""
    for part, value in check.outputs.items():
        reader(value, f"{where}.outputs[{part!r:.40}]", case)


def series(reader: Callable[[Any, str, Case], Any]) -> Callable[[Any, str, Case], Any]:
    """A reader of several results in a row."""
    return lambda value, where, case: items(lambda v, w: reader(v, w, case), least=1)(value, where)


def arrays_alone(check: Check, where: str, case: Case) -> None:
    """The form of a kind without options, whose outputs are arrays."""
    record(check.options, f"{where}.options", ())
    each(real, check, where, case)


def pairs(check: Check, where: str, case: Case) -> None:
    """The form of a kind without options, whose outputs are two results each."""
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        for ref in row(value, f"{where}.outputs[{part!r:.40}]", 2):
            kept(ref, f"{where}.outputs[{part!r:.40}]", case)


def sample(value: Any, where: str, case: Case) -> Ref:
    """A reference to an array that is not empty."""
    ref = real(value, where, case)
    if not np.size(case.expected(ref)):
        raise FieldError(f"{where} refers to a result whose key is empty")
    return ref


def float_input(value: Any, where: str, case: Case) -> Any:
    """The array of an input of finite floats."""
    if not isinstance(value, Input):
        raise refuse(value, where, "an input")
    array = case.inputs[value.index]
    if array.dtype.kind != "f" or not array.size or not np.all(np.isfinite(array)):
        raise FieldError(f"{where} should be an input of finite floats")
    return array


def any_results(check: Check, where: str, case: Case) -> None:
    """The form of a kind that says no more of itself: each output is a kept result, or several."""
    for part, value in check.outputs.items():
        refs = value if type(value) in (tuple, list) else (value,)
        if not any(isinstance(ref, Ref) for ref in refs):
            raise refuse(value, f"{where}.outputs[{part!r:.40}]", "a reference to a result")
        for ref in refs:
            if isinstance(ref, Ref):
                kept(ref, where, case)
