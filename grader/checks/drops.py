"""Drops: a hidden layer of a net with dropout hands on something else than all of its units.

What a layer hands on is read off gradients, which may be wrong. So only evidence fails: all units, each the
same multiple of what it should be. How much is dropped, and how it is scaled, ``dropout`` judges.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import each, sample
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.fields import FieldError, integer, record

_RTOL = TOLERANCES["values"]


@finding("nothing_dropped", when_hidden=True)
class NothingDropped(Finding):
    """No unit of hidden layer ``layer`` of ``layers`` is dropped."""

    part: str = tellable(default="")
    layer: int = 0
    layers: int = 0


def drops(layer: int, layers: int, x: Any, **outputs: Any) -> Check:
    """Each output, what a hidden layer hands on, has dropped some of ``x``, which has no zeros.

    Give it so many units that chance alone does not keep them all: at p = 0.5, forty.
    """
    return Check("drops", outputs, {"layer": layer, "layers": layers, "x": x})


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome an output."""
    outcomes: list[Outcome] = []
    for part, ref in check.outputs.items():
        missing = no_value(check, case, result, part, ref)
        if missing is not None:
            outcomes.append(missing)
        elif _is_whole(real_array(result.value(case, ref)), np.asarray(check.options["x"])):
            found = NothingDropped(part, check.options["layer"], check.options["layers"])
            outcomes.append(failed(check, case, found, part))
        else:
            outcomes.append(passed(check, case, part))
    return outcomes


def _is_whole(out: Any, x: Any) -> bool:
    """Whether ``out`` is a multiple of all of ``x``; what is not finite is none."""
    if out is None or out.shape != x.shape:
        return False
    with np.errstate(all="ignore"):
        ratio = np.asarray(out, dtype=np.float64) / x
        middle = float(np.median(ratio))
        return bool(middle > 0 and np.all(np.abs(ratio - middle) <= _RTOL * middle))


def form(check: Check, where: str, case: Case) -> None:
    """Arrays of the shape of x, without zeros; and two numbers."""
    options = record(check.options, f"{where}.options", ("layer", "layers", "x"))
    integer(1, 1_000)(options["layer"], f"{where}.options.layer")
    integer(1, 1_000)(options["layers"], f"{where}.options.layers")
    each(sample, check, where, case)
    x = real_array(options["x"])
    if x is None or not np.all(x):
        raise FieldError(f"{where}.options.x should be numbers other than 0")
    if any(np.shape(case.expected(ref)) != x.shape for ref in check.outputs.values()):
        raise FieldError(f"{where}.options.x has another shape than the result")


KIND = CheckKind(
    "drops",
    judge,
    form,
    passes_without_an_answer=True,
    random=True,
    tells_answers_apart=False,
    known_by_verdict=True,
)
