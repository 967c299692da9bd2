"""Is the training experiment calibrated? Starting values must earn little, good ones nearly all.

Over 20 seeds. Also printed: how far apart the two are, in units of the spread between seeds.
"""

from __future__ import annotations

import ast
import json
import statistics
import time
from pathlib import Path

import numpy as np

from grader.course import Experiment, load_assignment
from grader.course.release import notebook
from grader.grading.experiment import share
from grader.source import assigned_literal
from grader.toolkit import Solver

COURSE = Path(__file__).resolve().parent.parent
NAME = "two_layer_net"
SEEDS = range(20)


def main() -> None:
    assignment = load_assignment(COURSE, NAME)
    assert assignment.reference is not None
    for question in assignment.questions:
        if isinstance(question, Experiment):
            scale = f"{question.starting:g} earns nothing, {question.good:g} all"
            print(f"{question.name}: {len(SEEDS)} seeds; {scale}")
            rows = {}
            for title, edition in (("starting values", "released"), ("good values", "filled")):
                values = _literal(notebook(COURSE, NAME, edition), question.name, question.literal)  # type: ignore[arg-type]
                start = time.process_time()
                rows[title] = [_accuracy(question, assignment.reference, values, seed) for seed in SEEDS]
                cpu = (time.process_time() - start) / len(SEEDS)
                _print(title, rows[title], question, cpu)
            low, high = rows["starting values"], rows["good values"]
            spread = max(statistics.stdev(low), statistics.stdev(high))
            effect = statistics.mean(high) - statistics.mean(low)
            times = effect / spread
            print(f"  the effect is {effect:.3f}, {times:.0f} times the spread between seeds ({spread:.3f})")


def _accuracy(question: Experiment, reference: object, values: dict[str, float], seed: int) -> float:
    assert question.data is not None
    assert question.run is not None
    assert question.accuracy is not None
    np.random.seed(seed)
    implementation = type("Implementation", (), {**reference, "Solver": Solver})  # type: ignore[dict-item]
    data = question.data()
    trained = question.run(implementation, data, values)
    return question.accuracy(reference, trained["params"], data)


def _literal(text: str, question: str, name: str) -> dict[str, float]:
    for cell in json.loads(text)["cells"]:
        if question in cell["metadata"].get("grader", {}).get("questions", []):
            found: dict[str, float] = assigned_literal([ast.parse("".join(cell["source"]))], name)
            return found
    raise KeyError(question)


def _print(title: str, accuracies: list[float], question: Experiment, cpu: float) -> None:
    shares = [100 * share(question, accuracy) for accuracy in accuracies]
    print(
        f"  {title:16} accuracy {statistics.mean(accuracies):.3f} ± {statistics.stdev(accuracies):.3f} "
        f"({min(accuracies):.3f} to {max(accuracies):.3f}), "
        f"points {min(shares):.0f} % to {max(shares):.0f} %, {cpu:.1f} s CPU"
    )


if __name__ == "__main__":
    main()
