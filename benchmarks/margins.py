"""How far is right code from the tolerances? Right rewritings on 100 hidden seeds: the worst errors."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from grader.course import load_assignment
from grader.grading import grade
from grader.intake import read_submission
from grader.model import Case
from grader.sandbox import Sandbox
from tests.goldens import COURSE, goldens, write

NAMES = ("pure_loops", "einsum_everywhere", "log_sum_exp", "log_of_probabilities", "log_plus_epsilon")
SEEDS = range(1000, 1100)


def main() -> None:
    assignment = load_assignment(COURSE, "two_layer_net")
    record = assignment.record_hidden
    assert record is not None
    # Not the initialisation: that is judged statistically.
    hidden = [told(c) for seed in SEEDS for c in record(seed) if c.question != "TwoLayerNet.init"]
    code = [q.name for q in assignment.questions if q.kind == "code" and q.name != "TwoLayerNet.init"]
    worst: dict[tuple[str, float], tuple[float, str]] = {}
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        for golden in goldens():
            if golden.name not in NAMES:
                continue
            submission = read_submission(write(golden, Path(folder)), assignment.roots)
            report = grade(submission, assignment, sandbox, hidden=hidden, only=code)
            assert report.score == report.max_score, golden.name
            for question in report.questions:
                for outcome in question.outcomes:
                    if "scaled_error" in outcome.measurements:
                        place = (question.name, float(outcome.measurements["tolerance"]))
                        error = float(outcome.measurements["scaled_error"])
                        worst[place] = max(worst.get(place, (0.0, "")), (error, golden.name))
    print(f"worst scaled error of {len(NAMES)} right rewritings on {len(SEEDS)} seeds")
    for (name, tolerance), (error, rewriting) in sorted(worst.items()):
        print(f"  {name:24} {error:8.1e} of {tolerance:.0e} allowed   {rewriting if error else ''}")


def told(case: Case) -> Case:
    """A hidden case whose measurements are told, as a public one's are; without what decides no points."""
    return replace(case, hidden=False, checks=tuple(c for c in case.checks if c.kind != "gradient"))


if __name__ == "__main__":
    main()
