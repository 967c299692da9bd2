"""Left alone: what a call was not handed to write into holds, bit for bit, what it held before.

``unchanged`` asks this of the arrays among a call's arguments. Here it is asked of all else that a call can
reach: the parameters of the net whose method it is, a list of its caller's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, kept
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding
from grader.model.fields import line, record

_MOST = 8
"""Names that are told."""


@finding("altered", when_hidden=True)
class Altered(Finding):
    """A call altered what it should leave alone; ``names`` is a list, as ``params["W1"], params["b1"]``."""

    function: str = ""
    names: str = ""


def left_alone(function: str, name: str, **outputs: Any) -> Check:
    """Each output is what ``name`` holds after a call of ``function``: a dict of arrays, an array, a list.

    It should be what the case gave it, and what the reference leaves there.
    """
    return Check("left_alone", outputs, {"function": function, "name": name})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    function, name = check.options["function"], check.options["name"]
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        missing = no_value(check, case, result, part, ref)
        if missing is not None:
            outcomes.append(missing)
            continue
        names = [*_altered(name, result.value(case, ref), case.expected(ref))]
        if names:
            outcomes.append(failed(check, case, Altered(function, ", ".join(names[:_MOST])), part))
        else:
            outcomes.append(passed(check, case, part))
    return outcomes


def _altered(name: str, value: Any, expected: Any) -> Iterator[str]:
    """The names of what is no longer what it was; of a dict also of what it did not hold before."""
    if not isinstance(expected, dict) or not isinstance(value, dict):
        if not _same(value, expected):
            yield name
        return
    for key in expected:
        if key not in value or not _same(value[key], expected[key]):
            yield f'{name}["{key}"]'
    yield from (f'{name}["{str(key)[:40]}"]' for key in value if key not in expected)


def _same(value: Any, expected: Any) -> bool:
    one, other = real_array(value), real_array(expected)
    if one is None or other is None:
        return type(value) is type(expected) and bool(value == expected)
    return one.shape == other.shape and bool(np.all(one == other))


def form(check: Check, where: str, case: Case) -> None:
    """Kept results, and two names."""
    options = record(check.options, f"{where}.options", ("function", "name"))
    for option in ("function", "name"):
        line(options[option], f"{where}.options.{option}")
    each(kept, check, where, case)


KIND = CheckKind(
    "left_alone",
    judge,
    form,
    passes_without_an_answer=True,
    tells_answers_apart=False,
    known_by_verdict=True,
    sees_side_effects=True,
)
