"""Single mistakes in update rules: how many pass one step of the public notebooks, and how many pass here.

The original's cell takes one step from a given state, and prints the relative errors of next_w and the state.
It is run on its own printed numbers, and passes when each of these errors is below ``SMALL``. Here an answer
passes a round, the public cases or those of a hidden seed, when every outcome that is scored does.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np

from grader.course import CourseAssignment, load_assignment
from grader.course.variants import Variant, load_variants
from grader.model import Case
from grader.model.statuses import PASSING
from tests.reference.published import NUMBERS, array
from tests.reference.variants import COURSE, RULES, Names, judged, made

SMALL = 1e-6
"""The notebooks ask for 1e-8 to 1e-7 or less; their results are printed with eight digits."""
SEEDS = range(20)


def main() -> None:
    assignment = load_assignment(COURSE, "fully_connected_nets")
    assert assignment.record_hidden is not None
    rounds = [assignment.public, *(assignment.record_hidden(seed) for seed in SEEDS)]
    known = load_variants(COURSE, "mistakes")
    mistakes = [one for rule in RULES for one in known if one.question == rule]
    names = {one.id: made(one, assignment) for one in mistakes}
    missed = [one for one in mistakes if passes_the_original(one.question, names[one.id])]
    wrong = {one.id: wrong_parts(one.question, names[one.id], rounds) for one in mistakes}

    tell_counts(mistakes, missed, {name for name, parts in wrong.items() if not all(parts)})
    tell_accepted(assignment, rounds)
    print()
    print(f"{'pass one step of the original':34} fail here in (of {len(rounds)} rounds)")
    for one in missed:
        print(f"  {one.id:32} {told(wrong[one.id])}")


def tell_counts(mistakes: Sequence[Variant], missed: Sequence[Variant], passing: AbstractSet[str]) -> None:
    """Print a line for each rule: how many mistakes, and how many of them pass where."""
    row = "{:14} {:>15} {:>24} {:>12}"
    print(row.format("update rule", "single mistakes", "pass the original's step", "a round here"))
    for rule in RULES:
        own = [one.id for one in mistakes if one.question == rule]
        original = sum(one.question == rule for one in missed) if rule in NUMBERS else "it is given"
        print(row.format(rule, len(own), original, len(passing & set(own))))
    print(row.format("together", len(mistakes), len(missed), len(passing)))


def passes_the_original(rule: str, names: Names) -> bool:
    """Whether one step from the published state gives the published numbers."""
    if rule not in NUMBERS:
        return False
    published = NUMBERS[rule]
    config = {name: _value(entry) for name, entry in published["config"].items()}
    w, dw = (array(published["inputs"][name]) for name in ("w", "dw"))
    state = [name for name in ("velocity", "cache", "v", "m") if name in published]
    try:
        with np.errstate(all="ignore"):
            next_w, config = names[rule](w, dw, config=config)
            errors = [relative_error(next_w, published["next_w"])]
            errors += [relative_error(config[name], published[name]) for name in state]
    except Exception:  # the cell stops with the student's own error
        return False
    return all(error < SMALL for error in errors)  # NaN is not


def relative_error(x: Any, y: Any) -> float:
    """The notebooks' own: max |x − y| / max(1e-8, |x| + |y|)."""
    x, y = np.asarray(x), np.asarray(y)
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))))


def _value(entry: Any) -> Any:
    return array(entry) if isinstance(entry, dict) else entry


def wrong_parts(rule: str, names: Names, rounds: Sequence[Sequence[Case]]) -> list[frozenset[str]]:
    """In each round, the parts of the question that are not right; none where the answer passes."""
    found = []
    for cases in rounds:
        outcomes = [o for case in cases if case.question == rule for o in judged(case, names)]
        found.append(frozenset(o.part for o in outcomes if o.status not in PASSING))
    return found


def told(wrong: Sequence[frozenset[str]]) -> str:
    """Each part that fails, and in how many rounds where that is not all of them."""
    times = {part: sum(part in parts for parts in wrong) for part in sorted(frozenset().union(*wrong))}
    return (
        ", ".join(part if count == len(wrong) else f"{part} ({count})" for part, count in times.items())
        or "nothing"
    )


def tell_accepted(assignment: CourseAssignment, rounds: Sequence[Sequence[Case]]) -> None:
    """Print how many other right forms there are, and how many of these fail."""
    forms: list[Variant] = [one for one in load_variants(COURSE, "accepted") if one.question in RULES]
    names = {one.id: made(one, assignment) for one in forms}
    failed = sum(any(wrong_parts(one.question, names[one.id], rounds)) for one in forms)
    graded = [one for one in forms if one.question in NUMBERS]
    stopped = sum(not passes_the_original(one.question, names[one.id]) for one in graded)
    print(f"{len(forms)} other right forms: {stopped} of {len(graded)} fail the original's, {failed} ours")


if __name__ == "__main__":
    main()
