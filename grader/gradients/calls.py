"""What a call of ``check`` must look like, and a sentence for each natural one that does not."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.gradients.values import Point


class CallError(ValueError):
    """A function or an argument is not of the form that a check needs; the message says what to write."""


def as_arrays(inputs: Mapping[str, Any]) -> dict[str, np.ndarray[Any, Any]]:
    """The inputs as arrays. Raises CallError for what holds no real numbers."""
    if not isinstance(inputs, Mapping):
        raise CallError(
            f"inputs is a value of type {type(inputs).__name__}: give a dict of arrays by name, "
            "such as {'x': x, 'w': w}"
        )
    if not inputs:
        raise CallError("inputs is empty: give at least one array by its name, such as {'x': x}")
    return {name: _as_array(name, value) for name, value in inputs.items()}


def _as_array(name: str, value: Any) -> np.ndarray[Any, Any]:
    try:
        array = np.array(value)
    except ValueError as error:  # a ragged list
        raise CallError(f"the input {name!r} is no array: its rows differ in length") from error
    if array.dtype.kind == "c":
        raise CallError(
            f"the input {name!r} is complex ({array.dtype}): a gradient is checked for real numbers alone; "
            "give its real and its imaginary part as two inputs"
        )
    if array.dtype.kind not in "fiub":
        raise CallError(
            f"the input {name!r} has dtype {array.dtype}: give an array of floats, or of integers for labels"
        )
    if array.size == 0:
        raise CallError(
            f"the input {name!r} has no entries (its shape is {array.shape}): there is nothing to check"
        )
    if not np.all(np.isfinite(array)):
        raise CallError(f"the input {name!r} holds NaN or infinity: there is no derivative to check")
    return array


def split(arrays: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[Point, dict[str, Any]]:
    """(what is moved, as float64; what is left whole): integers without a gradient are labels."""
    whole = {n: a for n, a in arrays.items() if a.dtype.kind in "iub" and answer.get(n) is None}
    if len(whole) == len(arrays):
        raise CallError(
            f"all inputs are integers ({', '.join(map(repr, whole))}), and backward has a gradient for none "
            "of them: there is nothing to check"
        )
    moved = {n: np.array(a, dtype=np.float64) for n, a in arrays.items() if n not in whole}
    return moved, whole


def output_of(value: Any, dout: Any) -> Any:
    """What ``forward`` gave. Raises CallError where ``dout`` does not belong to it."""
    if isinstance(value, tuple | list):
        kinds = ", ".join(type(item).__name__ for item in value[:4])
        raise CallError(
            f"forward gives a {type(value).__name__} of {len(value)} ({kinds}): give the output alone, such "
            "as lambda p: affine_forward(p['x'], p['w'], p['b'])[0]"
        )
    if value is None:
        raise CallError("forward gives None: does it lack a return?")
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise CallError(f"forward gives a value of dtype {array.dtype}: real numbers are due")
    weight = np.asarray(1.0 if dout is None else dout)
    if weight.dtype.kind not in "fiub":
        raise CallError(f"dout has dtype {weight.dtype}: real numbers are due")
    if weight.shape == array.shape:
        return value
    if dout is None:
        raise CallError(
            f"dout is missing: forward gives an array of shape {array.shape}, and dout must have that shape, "
            f"such as np.random.default_rng(0).normal(size={array.shape})"
        )
    hint = "; it looks transposed" if weight.shape == array.shape[::-1] else ""
    raise CallError(
        f"dout has shape {weight.shape}, and forward gives {array.shape}{hint}: both must be equal"
    )


def gradients_of(answer: Any, names: tuple[str, ...], *, required: bool) -> Mapping[str, Any]:
    """What ``backward`` gave: gradients by the names of inputs, one at least where that is ``required``.

    Raises CallError for another form.
    """
    form = ", ".join(f"{name!r}: d{name}" for name in names[:3])
    if not isinstance(answer, Mapping):
        what = "None" if answer is None else f"a value of type {type(answer).__name__}"
        if isinstance(answer, tuple | list):
            what = f"a {type(answer).__name__} of {len(answer)}"
        raise CallError(f"backward gives {what}: give a dict of gradients by input, such as {{{form}}}")
    if not answer and required:
        raise CallError(f"backward gives an empty dict: give at least one gradient, such as {{{form}}}")
    strange = [key for key in answer if key not in names]
    if strange:
        raise CallError(
            f"backward gives {', '.join(map(repr, strange))}, which is no input{_meant(strange, names)}: its "
            f"keys are the names of the inputs, such as {{{form}}}"
        )
    return answer


def _meant(strange: list[Any], names: tuple[str, ...]) -> str:
    """For each key that is no input's name, the one that is meant, if there is one."""
    close = []
    for key in map(str, strange):
        prefixed = [key[len(p) :].lstrip("_") for p in ("grad_", "d_", "d") if key.startswith(p)]
        meant = [k for k in prefixed if k in names] or difflib.get_close_matches(key, names, 1)
        if meant:
            close.append(repr(meant[0]))
    return f" (meant is {', '.join(close)}?)" if close else ""
