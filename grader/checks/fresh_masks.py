"""Fresh masks: two calls with dropout do not drop the same elements.

A mask that is drawn once and kept, or by a generator that begins again from its own seed in each call, has
the right rate, and is random in no way that matters.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import sample
from grader.checks.shape import wrong_form
from grader.model import Case, CaseResult, Check, Finding, Outcome, finding, tellable
from grader.model.fields import FieldError, record, row
from grader.model.reasons import NotFinite

_LEAST = 0.5
"""Of the share of elements that two independent masks of these rates treat differently."""


@finding("same_mask", when_hidden=True)
class SameMask(Finding):
    """Two calls drop the same elements, or nearly the same; ``function`` was called."""

    part: str = tellable(default="")
    function: str = ""
    different: float = 0.0
    """The share of elements that one call kept and the other dropped; independent masks have ``due``."""
    due: float = 0.0


def fresh_masks(**outputs: Any) -> Check:
    """``part=(one, other)``: two results of dropout of the same ``x``, which must have no zeros.

    Give it thousands of elements. What drops nothing, or everything, passes: ``dropout`` judges that.
    """
    return Check("fresh_masks", outputs)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome a pair; no key is needed: two calls of the submission are compared."""
    outcomes: list[Outcome] = []
    for part, refs in check.outputs.items():
        missing = next(
            (
                outcome
                for ref in refs
                if (outcome := no_value(check, case, result, part, ref))
                or (outcome := wrong_form(check, case, result, part, ref))
            ),
            None,
        )
        if missing is not None:
            outcomes.append(missing)
            continue
        one, other = (np.asarray(real_array(result.value(case, ref))) for ref in refs)
        reason = _reason(part, case.steps[refs[1].step].name, one, other)
        outcomes.append(passed(check, case, part) if reason is None else failed(check, case, reason, part))
    return outcomes


def _reason(part: str, function: str, one: Any, other: Any) -> Finding | None:
    """What is wrong with two masks; None where they differ as they should, or are none."""
    wrong = int(np.sum(~np.isfinite([one, other])))
    if wrong:
        return NotFinite(part, wrong, one.size + other.size)
    first, second = one != 0, other != 0
    p, q = float(first.mean()), float(second.mean())
    due = p * (1 - q) + q * (1 - p)
    different = float(np.mean(first != second))
    return None if different >= _LEAST * due else SameMask(part, function, different, due)


def form(check: Check, where: str, case: Case) -> None:
    """Two arrays of one shape for each part."""
    record(check.options, f"{where}.options", ())
    for part, value in check.outputs.items():
        at = f"{where}.outputs[{part!r:.40}]"
        one, other = (np.shape(case.expected(sample(ref, at, case))) for ref in row(value, at, 2))
        if one != other:
            raise FieldError(f"{at} compares masks of two shapes")


KIND = CheckKind(
    "fresh_masks",
    judge,
    form,
    passes_without_an_answer=True,
    random=True,
    tells_answers_apart=False,
    known_by_verdict=True,
    subject=lambda output, outcome: output[-1] if isinstance(output, tuple) else output,
)
