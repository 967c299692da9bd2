"""A bundle's check: its kind is one that there is, and its outputs and options are what that kind reads.

``_FORMS`` says for each kind what ``judge`` takes for granted. A kind without an entry (a course may bring
one) is held to what all kinds share: each output is a kept result, and no reference leads nowhere.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from grader import checks
from grader.checks.compare import real_array
from grader.checks.tolerances import TOLERANCES
from grader.course.fields import FieldError, choice, entries, items, line, name, number, record, refuse, row
from grader.model import Case, Check, Input, Ref

Parts = tuple[str, dict[str, Any], dict[str, Any]]
Form = Callable[[Check, str, Case], None]
"""``form(check, where, case)``: FieldError where the check is not what its kind reads."""


def read_check(parts: Parts, where: str, case: Case) -> Check:
    """A check of ``case``. Raises FieldError."""
    check = Check(*parts)
    if check.kind not in kinds():
        raise refuse(check.kind, f"{where}.kind", f"one of {', '.join(sorted(kinds()))}")
    if not check.outputs:
        raise FieldError(f"{where} has no outputs")
    _FORMS.get(check.kind, _other)(check, where, case)
    return check


@cache
def kinds() -> frozenset[str]:
    """The kinds of checks that there are: the modules of ``grader.checks`` that judge."""
    modules = [module.name for module in pkgutil.iter_modules(checks.__path__)]
    return frozenset(n for n in modules if hasattr(importlib.import_module(f"grader.checks.{n}"), "judge"))


def _other(check: Check, where: str, case: Case) -> None:
    for part, value in check.outputs.items():
        refs = value if type(value) in (tuple, list) else (value,)
        if not any(isinstance(ref, Ref) for ref in refs):
            raise refuse(value, f"{where}.outputs[{part!r:.40}]", "a reference to a result")
        for ref in refs:
            if isinstance(ref, Ref):
                _kept(ref, where, case)


def _kept(value: Any, where: str, case: Case) -> Ref:
    if not isinstance(value, Ref):
        raise refuse(value, where, "a reference to a result")
    if value not in case.keep:
        raise FieldError(f"{where} refers to a result that the key does not hold")
    return value


def _real(value: Any, where: str, case: Case) -> Ref:
    """A reference to a result whose key is a number or an array of numbers."""
    ref = _kept(value, where, case)
    if real_array(case.expected(ref)) is None:
        raise FieldError(f"{where} refers to a result whose key is no array of numbers")
    return ref


def _each(reader: Callable[[Any, str, Case], Any], check: Check, where: str, case: Case) -> None:
    for part, value in check.outputs.items():
        reader(value, f"{where}.outputs[{part!r:.40}]", case)


def _series(reader: Callable[[Any, str, Case], Any]) -> Callable[[Any, str, Case], Any]:
    return lambda value, where, case: items(lambda v, w: reader(v, w, case), least=1)(value, where)


def _no_options(check: Check, where: str, case: Case) -> None:
    record(check.options, f"{where}.options", ())
    _each(_real, check, where, case)


def _values(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("tolerance",))
    choice(*TOLERANCES)(options["tolerance"], f"{where}.options.tolerance")
    _each(_real, check, where, case)


def _keys(check: Check, where: str, case: Case) -> None:
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        ref = _kept(value, f"{where}.outputs[{part!r:.40}]", case)
        if type(case.expected(ref)) is not dict:
            raise FieldError(f"{where} asks for the keys of a result whose key is no dict")


def _unchanged(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("arguments",))
    items(name)(options["arguments"], f"{where}.options.arguments")
    _each(_kept, check, where, case)


def _pairs(check: Check, where: str, case: Case) -> None:
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        for ref in row(value, f"{where}.outputs[{part!r:.40}]", 2):
            _kept(ref, f"{where}.outputs[{part!r:.40}]", case)


def _steps(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("forms",))
    _each(_series(_real), check, where, case)
    forms = entries(name, entries(name, items(_plain)))(options["forms"], f"{where}.options.forms")
    for part, named in forms.items():
        if part not in check.outputs:
            raise FieldError(f"{where}.options.forms holds forms of {part!r:.40}, which is not judged")
        shapes = [np.shape(case.expected(ref)) for ref in check.outputs[part]]
        for form, values in named.items():
            arrays = [real_array(value) for value in values]
            if [None if a is None else np.shape(a) for a in arrays] != shapes:
                raise FieldError(f"{where}.options.forms: {form!r:.40} is not of its key's shapes")


def _trajectory(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("quadratic", "start"))
    for option in ("quadratic", "start"):
        for value in row(options[option], f"{where}.options.{option}", 2):
            number(-1e6, 1e6)(value, f"{where}.options.{option}")
    _each(_series(_kept), check, where, case)


def _gradient(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("of", "dout", "scores"))
    line(options["scores"], f"{where}.options.scores")
    _kept(options["of"], f"{where}.options.of", case)
    if options["dout"] is not None:
        _float_input(options["dout"], f"{where}.options.dout", case)
    for part, value in check.outputs.items():
        source, ref = row(value, f"{where}.outputs[{part!r:.40}]", 2)
        _float_input(source, f"{where}.outputs[{part!r:.40}]", case)
        _kept(ref, f"{where}.outputs[{part!r:.40}]", case)


def _masks(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("of", "x", "y", "keep", "reg", "scores"))
    line(options["scores"], f"{where}.options.scores")
    number(1e-6, 1)(options["keep"], f"{where}.options.keep")
    number(0, 1e6)(options["reg"], f"{where}.options.reg")
    _kept(options["of"], f"{where}.options.of", case)
    X = _float_input(options["x"], f"{where}.options.x", case)
    y = options["y"]
    if not isinstance(y, Input) or case.inputs[y.index].shape != X.shape[:1]:
        raise refuse(y, f"{where}.options.y", "an input with one label for each row of X")
    shapes = {}
    for part, value in check.outputs.items():
        source, ref = row(value, f"{where}.outputs[{part!r:.40}]", 2)
        shapes[part] = _float_input(source, f"{where}.outputs[{part!r:.40}]", case).shape
        _kept(ref, f"{where}.outputs[{part!r:.40}]", case)
    width = X.size // len(X)
    for layer in range(1, len(shapes) // 2 + 1):
        weights = shapes.get(f"W{layer}", ())
        if len(weights) != 2 or weights[0] != width or shapes.get(f"b{layer}") != weights[1:]:
            raise FieldError(
                f"{where}.outputs are not the parameters of a net: W{layer} and b{layer} do not fit"
            )
        width = weights[1]
    labels = case.inputs[y.index]
    if labels.dtype.kind != "i" or len(shapes) % 2 or not (labels.min() >= 0 and labels.max() < width):
        raise FieldError(f"{where}.options.y are not labels of the classes that the net has")


def _float_input(value: Any, where: str, case: Case) -> Any:
    if not isinstance(value, Input):
        raise refuse(value, where, "an input")
    array = case.inputs[value.index]
    if array.dtype.kind != "f" or not array.size or not np.all(np.isfinite(array)):
        raise FieldError(f"{where} should be an input of finite floats")
    return array


def _initialisation(check: Check, where: str, case: Case) -> None:
    options = record(check.options, f"{where}.options", ("std",))
    number(0, 1e6)(options["std"], f"{where}.options.std")
    _each(_sample, check, where, case)


def _sample(value: Any, where: str, case: Case) -> Ref:
    ref = _real(value, where, case)
    if not np.size(case.expected(ref)):
        raise FieldError(f"{where} refers to a result whose key is empty")
    return ref


def _dropout(check: Check, where: str, case: Case) -> None:
    fields = ("keep", "x") if "keep" in check.options else ("x", "dout", "out")
    options = record(check.options, f"{where}.options", fields)
    if "keep" in options:
        number(1e-6, 1 - 1e-6)(options["keep"], f"{where}.options.keep")
    for part, value in check.outputs.items():
        ref = _sample(value, f"{where}.outputs[{part!r:.40}]", case)
        wanted_shape = np.shape(case.expected(ref))
        if len(wanted_shape) < 2:
            raise FieldError(f"{where} judges the dropout of a result that is no matrix")
        for option in fields[1:] if "keep" in options else fields:
            if np.shape(_given(options[option], f"{where}.options.{option}", case)) != wanted_shape:
                raise FieldError(f"{where}.options.{option} has another shape than the result")


def _given(value: Any, where: str, case: Case) -> Any:
    """What a dropout check is told of: an input, a kept result, or an array."""
    if isinstance(value, Input):
        array = real_array(case.inputs[value.index])
    elif isinstance(value, Ref):
        array = real_array(case.expected(_kept(value, where, case)))
    else:
        array = real_array(value)
    if array is None:
        raise refuse(value, where, "an array of numbers")
    return array


def _plain(value: Any, where: str) -> Any:
    return value


_FORMS: dict[str, Form] = {
    "batch_of_one": _pairs,
    "dropout": _dropout,
    "gradient": _gradient,
    "initialisation": _initialisation,
    "keys": _keys,
    "masks": _masks,
    "same": _pairs,
    "shape": _no_options,
    "stability": _no_options,
    "steps": _steps,
    "trajectory": _trajectory,
    "unchanged": _unchanged,
    "values": _values,
}
