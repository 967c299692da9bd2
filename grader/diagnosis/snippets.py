"""A public case as code to paste and run in the notebook."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks import kind_of
from grader.model import LARGEST_PRINTED, Case, Formula, Input, NumberType, Ref, Step, needed_steps


def snippet(case: Case, wanted: Ref, *, whole: bool = False) -> str:
    """The case up to ``wanted`` as Python: its inputs as literals, its calls as they were made.

    Steps that ``wanted`` does not need are left out, unless the ``whole`` program is asked for.
    """
    last = wanted.step
    names = _input_names(case)
    random = any(kind_of(check.kind).random for check in case.checks)
    numbers = list(range(last + 1)) if random or whole else needed_steps(case.steps, last)
    steps = [case.steps[number] for number in numbers]
    used = sorted({i.index for step in steps for i in _inputs((step.args, step.kwargs))})
    lines = [f"np.random.seed({case.seed})"] if random else []
    lines += [_assigned(names[index], case.inputs[index], case.recipes.get(index, "")) for index in used]
    lines += [_line(number, step, names) for number, step in zip(numbers, steps, strict=True)]
    return "\n".join([*lines, f"print({_value(wanted, names)})"])


def _input_names(case: Case) -> list[str]:
    names: list[str] = []
    for name in case.input_names:
        count = 2
        chosen = name
        while chosen in names:
            chosen = f"{name}_{count}"
            count += 1
        names.append(chosen)
    return names


def _line(number: int, step: Step, names: list[str]) -> str:
    result = f"result_{number}"
    if step.operation == "update":
        owner = f"{result} = {_value(step.target, names)}"
        return f"{owner}\n{result}.update({_value(step.args[0], names)})"
    if step.operation == "apply":
        return f"x = {_value(step.args[0], names)}\n" + f"{result} = {step.name}"
    target = f"{_value(step.target, names)}." if step.target is not None else ""
    if step.operation == "set":
        return f"{target}{step.name} = {_value(step.args[0], names)}"
    if step.operation == "read":
        return f"{result} = {target}{step.name}"
    arguments = [_value(value, names) for value in step.args]
    arguments += [f"{key}={_value(value, names)}" for key, value in step.kwargs.items()]
    return f"{result} = {target}{step.name}({', '.join(arguments)})"


def _value(value: Any, names: list[str]) -> str:
    match value:
        case Input(index=index):
            return names[index]
        case Ref(step=step, path=path):
            return f"result_{step}" + "".join(f"[{key!r}]" for key in path)
        case Formula(text=text):
            return f"lambda x: {text}"
        case NumberType(name=name):
            return f"np.{name}"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_value(item, names)}" for key, item in value.items()) + "}"
        case list() | tuple():
            inner = ", ".join(_value(item, names) for item in value)
            return f"[{inner}]" if isinstance(value, list) else f"({inner},)"
        case np.generic():
            return repr(value.item())
    return repr(value)


def _assigned(name: str, array: Any, recipe: str) -> str:
    if recipe:
        return f"{name} = {recipe}"
    if array.size > LARGEST_PRINTED and np.all(array == array.flat[0]):
        return f"{name} = np.full({array.shape}, " + f"{array.flat[0].item()!r})"
    text = np.array2string(
        array, precision=17, separator=", ", threshold=array.size + 1, floatmode="unique", max_line_width=100
    )
    head = f"{name} = np.array("
    return head + text.replace("\n", "\n" + " " * len(head)) + ")"


def _inputs(value: Any) -> list[Input]:
    if isinstance(value, Input):
        return [value]
    if isinstance(value, dict):
        return [i for item in value.values() for i in _inputs(item)]
    if isinstance(value, tuple | list):
        return [i for item in value for i in _inputs(item)]
    return []
