"""Mistakes by name: how many of the wrong answers of ``tests/naming`` get the right one, and what it costs.

The answers were written without a look at the catalogue, and labelled by its words. Of two mistakes at
once both are to be told, or none: their name is a pair's, or that of one entry that says both. Timed is
``matches`` alone, given what an answer gave on the public cases of its question: the median of some rounds
each.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from grader.course import CourseAssignment, load_assignment
from grader.diagnosis import name_of
from tests.naming.answers import Answer, Ran, answers, run
from tests.reference.variants import COURSE

NAMES = ("two_layer_net", "fully_connected_nets", "deep_nets")
ROUNDS = 9


def main() -> None:
    assignments = {name: load_assignment(COURSE, name) for name in NAMES}
    ran = [run(answer, assignments[answer.assignment]) for answer in answers()]
    names = [(one.answer, one.name(assignments[one.answer.assignment])) for one in ran]
    catalogue = {
        (question, mistake.id): mistake
        for assignment in assignments.values()
        for question, marks in assignment.known_answers.by_question.items()
        for mistake, _ in marks
    }
    claims = sum(bool(mistake.holds) for mistake in catalogue.values())
    print(f"{len(catalogue)} mistakes and pairs of them in the catalogue; {len(ran)} answers")
    print(f"of {claims} of them the values are asked for what the sentence says, beside their fingerprint\n")
    print(f"{'answers':44} {'in all':>7} {'named so':>9} {'otherwise':>10} {'nameless':>9}")
    row("wrong, their mistake is in the catalogue", [pair for pair in names if pair[0].kind == "known"])
    row("wrong, their mistake is not", [pair for pair in names if pair[0].kind == "unknown"])
    row("of these two mistakes at once", [pair for pair in names if pair[0].two_at_once])
    row("right", [pair for pair in names if pair[0].kind == "right"])
    print()
    for answer, name in names:
        if name != answer.label:
            print(f"  {answer.path.stem:44} is {answer.label or 'nameless'}, is called {name or 'nothing'}")
    times = sorted(timed(one, assignments[one.answer.assignment]) for one in ran)
    middle, worst = statistics.median(times), times[-1]
    print(f"\nprocessor time to name one answer: {middle:.1f} ms, at worst {worst:.1f} ms")


def row(title: str, names: Sequence[tuple[Answer, str]]) -> None:
    """Counts of one kind of answers."""
    right = sum(bool(name) and name == answer.label for answer, name in names)
    nameless = sum(not name for _, name in names)
    other = len(names) - right - nameless
    print(f"{title:44} {len(names):7} {share(right, len(names)):>9} {other:10} {nameless:9}")


def share(count: int, total: int) -> str:
    return f"{count / total:.1%}" if count else "0"


def timed(one: Ran, assignment: CourseAssignment) -> float:
    """Milliseconds of processor time to name an answer."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        name_of(one.answer.question, one.cases, one.results, assignment.known_answers)
        times.append(1e3 * (time.process_time() - started))
    return statistics.median(times)


if __name__ == "__main__":
    main()
