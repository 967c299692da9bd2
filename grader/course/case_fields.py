"""A bundle's case, from plain values: a program whose every reference leads somewhere, and its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np

from grader.course.check_fields import read_check
from grader.model import Case, Formula, Input, NumberType, Operation, Ref, Step, watched_arguments
from grader.model.fields import (
    FieldError,
    array,
    boolean,
    choice,
    entries,
    identifier,
    integer,
    items,
    line,
    name,
    number,
    prose,
    record,
    refuse,
    row,
)
from grader.model.recipes import is_recipe

MAX_DEADLINE = 60.0
"""Seconds of a case."""
_MAX_COUNT = 1_000_000
_FIELDS = (
    "question",
    "label",
    "rung",
    "seed",
    "inputs",
    "input_names",
    "steps",
    "keep",
    "key",
    "checks",
    "deadline",
    "watch",
    "sizes",
    "recipes",
)
# In a notebook a step finds whatever the student's namespace holds: a file of cases calls what the assignment
# asks for, and neither the kernel's own helpers nor what lies behind an object.
_NOT_CALLED = frozenset({
    "breakpoint", "check", "compile", "delattr", "display", "eval", "exec", "exit", "get_ipython", "getattr",
    "globals", "help", "input", "locals", "open", "quit", "setattr", "vars",
})  # fmt: skip
_NOT_READ = frozenset({
    "ag_code", "ag_frame", "cr_code", "cr_frame", "dump", "dumps", "f_back", "f_builtins", "f_code",
    "f_globals", "f_locals", "gi_code", "gi_frame", "tb_frame", "tb_next", "tofile",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reference may lead to: results of so many steps, and so many inputs."""

    steps: int
    inputs: int


def read_case(value: Any, where: str) -> Case:
    """A case. Raises FieldError."""
    plain = record(value, where, _FIELDS)
    inputs = items(_input)(plain["inputs"], f"{where}.inputs")
    names = tuple(
        line(n, f"{where}.input_names")
        for n in row(plain["input_names"], f"{where}.input_names", len(inputs))
    )
    lines = items(anything, least=1)(plain["steps"], f"{where}.steps")
    steps = tuple(_step(step, f"{where}.steps[{i}]", Scope(i, len(inputs))) for i, step in enumerate(lines))
    scope = Scope(len(steps), len(inputs))
    keep = items(lambda v, w: _reference(v, w, scope))(plain["keep"], f"{where}.keep")
    if len(set(keep)) != len(keep):
        raise FieldError(f"{where}.keep names a result twice")
    key = row(plain["key"], f"{where}.key", len(keep))
    case = Case(
        question=name(plain["question"], f"{where}.question"),
        label=line(plain["label"], f"{where}.label"),
        rung=integer(0, _MAX_COUNT)(plain["rung"], f"{where}.rung"),
        hidden=False,
        seed=integer(0, (1 << 63) - 1)(plain["seed"], f"{where}.seed"),
        inputs=inputs,
        input_names=names,
        steps=steps,
        keep=keep,
        key=tuple(constant(part, f"{where}.key[{i}]") for i, part in enumerate(key)),
        checks=(),
        deadline=number(1e-3, MAX_DEADLINE)(plain["deadline"], f"{where}.deadline"),
        watch=boolean(plain["watch"], f"{where}.watch"),
        sizes=entries(identifier, _size)(plain["sizes"], f"{where}.sizes"),
        recipes=_recipes(plain["recipes"], f"{where}.recipes", len(inputs)),
    )
    checks = items(lambda v, w: read_check(_check(v, w, scope), w, case))(plain["checks"], f"{where}.checks")
    return replace(case, checks=checks, watched=watched_arguments(steps, checks))


def _size(value: Any, where: str) -> Any:
    """A size of a rung: a number, a word, None, or several of these in a row."""
    if type(value) in (tuple, list):
        return items(_size)(value, where)
    if value is None or type(value) is bool:
        return value
    if type(value) is str:
        return line(value, where)
    return (
        number(-1e12, 1e12)(value, where)
        if type(value) is float
        else integer(-_MAX_COUNT, _MAX_COUNT)(value, where)
    )


def _recipes(value: Any, where: str, inputs: int) -> dict[int, str]:
    """Recipes by the number of an input."""
    recipes: dict[int, str] = {}
    for key, recipe in entries(line, prose)(value, where).items():
        if not key.isdecimal() or int(key) >= inputs:
            raise refuse(key, where, "the number of an input")
        if not is_recipe(recipe):
            raise refuse(recipe, f"{where}[{key}]", "a recipe")
        recipes[int(key)] = recipe
    return recipes


def anything(value: Any, where: str) -> Any:
    """A value whose own reader comes later."""
    return value


def _input(value: Any, where: str) -> Any:
    if not isinstance(value, np.ndarray):
        raise refuse(value, where, "an array")
    return array(value, where)


def _step(value: Any, where: str, scope: Scope) -> Step:
    """One step: what it takes depends on its operation, as in ``sandbox.replay.perform``."""
    plain = row(value, where, 6)
    operation = choice(*get_args(Operation))(plain[0], f"{where}.operation")
    step = Step(
        operation,
        line(plain[1], f"{where}.name") if operation != "apply" else plain[1],
        None
        if plain[2] is None
        else _reference(read_tag(plain[2], f"{where}.target"), f"{where}.target", scope),
        items(lambda v, w: symbol(v, w, scope))(plain[3], f"{where}.args"),
        entries(identifier, lambda v, w: symbol(v, w, scope))(plain[4], f"{where}.kwargs"),
        items(line)(plain[5], f"{where}.parameters"),
    )
    _STEPS.get(operation, _onto_a_result)(step, where)
    if len(step.parameters) > len(step.args):
        raise FieldError(f"{where} names more arguments than it has")
    return step


def _call(step: Step, where: str) -> None:
    identifier(step.name, f"{where}.name")
    if step.target is not None:
        raise refuse("a target", where, "a call")
    if step.name in _NOT_CALLED or step.name.startswith("__"):
        raise FieldError(f"{where} calls `{step.name}`, which no assignment asks for")


def _apply(step: Step, where: str) -> None:
    formula(step.name, f"{where}.name")
    if step.target is not None or len(step.args) != 1 or step.kwargs:
        raise FieldError(f"{where} should compute a formula of one value")


def _onto_a_result(step: Step, where: str) -> None:
    """A step on an earlier result: ``method``, ``read``, ``set``, and writing into a dict."""
    identifier(step.name, f"{where}.name")
    if step.name.startswith("_") or step.name in _NOT_READ:
        raise FieldError(f"{where} asks an object for `{step.name}`, which no assignment asks for")
    if step.target is None:
        raise FieldError(f"{where} has no target")
    if step.operation == "method":
        return
    arguments = 0 if step.operation == "read" else 1
    if len(step.args) != arguments or step.kwargs:
        raise FieldError(f"{where} should have {arguments} arguments")
    if step.operation not in ("read", "set") and type(step.args[0]) is not dict:
        raise FieldError(f"{where} should write entries of a dict")


_STEPS: dict[str, Callable[[Step, str], None]] = {"call": _call, "apply": _apply}


def _check(value: Any, where: str, scope: Scope) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A check's kind, outputs and options, each reference of which leads somewhere."""
    kind, outputs, options = row(value, where, 3)
    read = entries(name, lambda v, w: symbol(v, w, scope))
    return (
        identifier(kind, f"{where}.kind"),
        read(outputs, f"{where}.outputs"),
        read(options, f"{where}.options"),
    )


def _reference(value: Any, where: str, scope: Scope) -> Ref:
    value_read = symbol(value, where, scope)
    if not isinstance(value_read, Ref):
        raise refuse(value, where, "a reference to a result")
    return value_read


def symbol(value: Any, where: str, scope: Scope) -> Any:
    """A value as it stands in a program: a reference, an input, a formula, a type, or made of these."""
    value = read_tag(value, where)
    if isinstance(value, Ref):
        if value.step >= scope.steps:
            raise FieldError(f"{where} refers to step {value.step}, which is not before it")
        return value
    if isinstance(value, Input):
        if value.index >= scope.inputs:
            raise FieldError(f"{where} refers to input {value.index} of {scope.inputs}")
        return value
    if isinstance(value, Formula | NumberType):
        return value
    return _inside(value, where, lambda v, w: symbol(v, w, scope))


def constant(value: Any, where: str) -> Any:
    """A plain value, as an answer key holds it."""
    return _inside(value, where, constant)


def _inside(value: Any, where: str, reader: Callable[[Any, str], Any]) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) in (list, tuple):
        return type(value)([reader(item, f"{where}[{i}]") for i, item in enumerate(value)])
    if type(value) is dict:
        if any(key.startswith("$") for key in value):
            raise FieldError(f"{where} holds a tag that is not known here")
        return {key: reader(item, f"{where}[{key!r:.40}]") for key, item in value.items()}
    return array(value, where)


def read_tag(value: Any, where: str) -> Any:
    """What a dict of one tag stands for: the counterpart of ``sandbox.programs.tag_references``."""
    if type(value) is not dict or len(value) != 1:
        return value
    ((tag, inner),) = value.items()
    reader = _TAGS.get(tag)
    return value if reader is None else reader(inner, f"{where}.{tag}")


def formula(text: Any, where: str) -> Formula:
    """A formula in the grammar of ``model.formulas``."""
    parsed = Formula(text)
    try:
        parsed.function()
    except ValueError as error:
        raise FieldError(f"{where}: {error}") from error
    return parsed


def _ref(value: Any, where: str) -> Ref:
    step, path = row(value, where, 2)
    return Ref(integer(0, _MAX_COUNT)(step, where), items(_path)(path, where))


def _path(value: Any, where: str) -> int | str:
    return line(value, where) if type(value) is str else integer(0, _MAX_COUNT)(value, where)


def _input_index(value: Any, where: str) -> Input:
    return Input(integer(0, _MAX_COUNT)(value, where))


def _number_type(value: Any, where: str) -> NumberType:
    number_type = NumberType(value)
    try:
        number_type.type()
    except ValueError as error:
        raise FieldError(f"{where}: {error}") from error
    return number_type


_TAGS: dict[str, Callable[[Any, str], Any]] = {
    "$ref": _ref,
    "$input": _input_index,
    "$formula": formula,
    "$type": _number_type,
}
