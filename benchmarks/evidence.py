"""What the grader is worth, on one page: ``make evidence``. Everything is judged when the page is printed.

The data is the repository's: known mistakes and other right forms (``reference/``), answers written without
the catalogue (``tests/naming``), whole right submissions (``tests/rewritings``, ``tests/submissions``) and
attacks (``tests/attacks``). Beside ours stand the checks of the public course notebooks, in their own
words: see ``benchmarks.classic_cells``. Counts are of answers; each failure is listed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from benchmarks.classic_cells import CELLS, deep_gradients
from benchmarks.evidence_attacks import forged_here, forged_in_a_notebook
from benchmarks.evidence_submissions import Graded, graded_rewritings
from benchmarks.mistakes import passes_the_original
from grader.course import CourseAssignment, load_assignment
from grader.course.variants import Variant, load_variants
from grader.model import Case
from tests.goldens import ASSIGNMENTS
from tests.naming.answers import Answer, answers, run
from tests.reference.published import NUMBERS
from tests.reference.variants import COURSE, made, passes

SEED = 0
_OTHER_CELLS = {("fully_connected_nets", "FullyConnectedNet.gradients"): deep_gradients}
"""By assignment, where cells differ: its net has neither normalisation nor dropout."""


@dataclass(frozen=True)
class Judged:
    """One answer: whether it passes here, and in the classic cell; None where there is no cell."""

    group: str
    title: str
    passes: bool
    classic: bool | None


def main() -> None:
    assignments = {name: load_assignment(COURSE, name) for name in ASSIGNMENTS}
    cases = {name: _cases(assignment) for name, assignment in assignments.items()}
    started = time.perf_counter()
    wrong = [*_mistakes("mistakes", assignments, cases), *_answers(("known", "unknown"), assignments, cases)]
    right = [*_mistakes("accepted", assignments, cases), *_answers(("right",), assignments, cases)]
    judging = time.perf_counter() - started

    print("Single answers, on the public cases and those of one hidden seed")
    print(f"{'':46} {'in all':>7} {'here':>6}   {'with a cell':>11} {'the cell':>8}")
    _tell("wrong, and passed", wrong, passed=True)
    _tell("right, and refused", right, passed=False)
    _list("wrong, and passed here", [one.title for one in wrong if one.passes])
    _list("right, and refused here", [one.title for one in right if not one.passes])
    _list("right, and refused by the classic cell", [one.title for one in right if one.classic is False])
    print("\nWrong, and passed by the classic cell, by question")
    for question, count in sorted(Counter(one.group for one in wrong if one.classic).items()):
        print(f"  {question:30} {count}")

    started = time.perf_counter()
    submissions = graded_rewritings(assignments, cases)
    _tell_submissions(submissions, time.perf_counter() - started)
    _tell_names(assignments)
    _tell_attacks()
    print(f"\nTime: {1e3 * judging / len(wrong + right):.0f} ms to judge one answer both ways, on average")


def _cases(assignment: CourseAssignment) -> tuple[Case, ...]:
    assert assignment.record_hidden is not None
    return (*assignment.public, *assignment.record_hidden(SEED))


def _mistakes(
    folder: Literal["mistakes", "accepted"],
    assignments: Mapping[str, CourseAssignment],
    cases: Mapping[str, Sequence[Case]],
) -> Iterator[Judged]:
    """The variants of the reference, each in the first assignment that asks its question and shows it."""
    for variant in load_variants(COURSE, folder):
        for name, assignment in assignments.items():
            if variant.shows_in(name) and any(q.name == variant.question for q in assignment.questions):
                yield _variant(variant, name, assignment, cases[name])
                break


def _variant(variant: Variant, name: str, assignment: CourseAssignment, cases: Sequence[Case]) -> Judged:
    return _judged(name, variant.question, variant.id, made(variant, assignment), cases)


def _answers(
    kinds: Sequence[str],
    assignments: Mapping[str, CourseAssignment],
    cases: Mapping[str, Sequence[Case]],
) -> Iterator[Judged]:
    """The answers that were written without the catalogue."""
    for answer in answers():
        if answer.kind in kinds:
            names = _namespace(answer, assignments[answer.assignment])
            yield _judged(
                answer.assignment, answer.question, answer.path.stem, names, cases[answer.assignment]
            )


def _namespace(answer: Answer, assignment: CourseAssignment) -> dict[str, Any]:
    names = dict(assignment.reference or {})
    exec(compile(answer.path.read_text(encoding="utf-8"), f"<{answer.path.stem}>", "exec"), names)
    return names


def _judged(name: str, question: str, title: str, names: Mapping[str, Any], cases: Sequence[Case]) -> Judged:
    own = [case for case in cases if case.question == question]
    return Judged(question, title, passes(own, names), _classic(name, question, names))


def _classic(name: str, question: str, names: Mapping[str, Any]) -> bool | None:
    if question in NUMBERS and question not in CELLS:
        return passes_the_original(question, names)
    cell = _OTHER_CELLS.get((name, question), CELLS.get(question))
    if cell is None:
        return None
    try:
        with np.errstate(all="ignore"):
            return bool(cell(names))
    except Exception:  # the cell stops with the student's own error
        return False


def _tell(title: str, judged: Sequence[Judged], passed: bool) -> None:
    compared = [one.classic for one in judged if one.classic is not None]
    ours = sum(one.passes == passed for one in judged)
    print(f"{title:46} {len(judged):7} {ours:6}   {len(compared):11} {compared.count(passed):8}")


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"\n{title}:")
        for line in lines:
            print(f"  {line}")


def _tell_submissions(graded: Sequence[Graded], seconds: float) -> None:
    lacking = [one for one in graded if one.lacks]
    print(f"\nWhole right submissions: {len(graded)}; without full points: {len(lacking)}")
    _list("not graded as they should be", [f"{one.name}: {line}" for one in lacking for line in one.lacks])
    print(f"  {seconds / len(graded):.1f} s each, all questions but training")


def _tell_names(assignments: Mapping[str, CourseAssignment]) -> None:
    ran = [run(answer, assignments[answer.assignment]) for answer in answers()]
    named = [(one.answer, one.name(assignments[one.answer.assignment])) for one in ran]
    known = [(answer, name) for answer, name in named if answer.kind == "known"]
    truly = sum(name == answer.label for answer, name in known)
    falsely = [(answer, name) for answer, name in named if name and name != answer.label]
    print("\nMistakes by name, in answers that were written without the catalogue")
    print(f"  in the catalogue {len(known)}: named truly {truly} ({truly / len(known):.1%})")
    print(f"  named falsely, of all {len(named)}: {len(falsely)}")
    _list("named falsely", [f"{answer.path.stem}: {name}" for answer, name in falsely])


def _tell_attacks() -> None:
    print("\nPoints that are forged")
    if sys.platform != "linux":
        print("  the attacks are on Linux: they are not tried on this system")
        return
    tried, forged, harmed = forged_here()
    print(f"  here: {len(tried)} attacks, {len(forged)} with a point, {len(harmed)} cost another answer")
    _list("forged here", forged)
    _list("cost another answer here", harmed)
    tried, forged, ended = forged_in_a_notebook()
    print(f"  an asserting cell after the answer: {len(tried)} attacks on what a grader believes,")
    print(f"  {len(forged)} with a point, {len(ended)} end the run for all that comes after")


if __name__ == "__main__":
    main()
