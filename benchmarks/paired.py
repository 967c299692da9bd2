"""A checkout beside another one, in turns: what a sealed child costs, before and after a change.

``python -m benchmarks.paired OTHER [--blocks 10] [--experiments]``: OTHER is a checkout with a ``.venv`` of
its own. Blocks of both trees alternate, so that a machine's hour falls on both; a ratio is the median over
pairs of blocks. ``--experiments``: what all trainings of a right submission cost, for each assignment.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
from pathlib import Path

from grader.course import assignments

HERE = Path(__file__).resolve().parent.parent
SUBMISSIONS = 60
FIGURES = ("small, wall", "small, processor", "real, wall", "real, processor")
_BLOCK = f"""
import statistics, sys, time
from benchmarks import sandbox as measured
from grader.model import Load
from grader.sandbox import Sandbox
from grader.source import statements

# A tree that compiles in the grader kept what it compiled: but each round stands for another submission.
compiled = getattr(statements, "_known", {{}})
with Sandbox() as sandbox:
    zygote, figures = sandbox._launcher._process.pid, []
    for work in (measured._small(), measured._work()[0]):
        same = measured._in_a_child(sandbox, work)

        def once():
            compiled.clear()
            same()

        measured.timed(once, 3)
        before, own = sum(measured._ticks(zygote)), time.process_time()
        times = measured.timed(once, {SUBMISSIONS} - 3)
        own = time.process_time() - own
        with sandbox.open(Load(())):
            pass  # by now the last of them has been reaped
        spent = own + sum(measured._ticks(zygote)) - before
        figures += [1e3 * statistics.median(times), 1e3 * spent / {SUBMISSIONS}]
print(*figures)
"""
_TRAININGS = """
import sys, tempfile, time
from pathlib import Path
from grader.course import Experiment, assignments, load_assignment
from grader.course.release import notebook
from grader.grading.experiment import train
from grader.intake import load_of, read_submission
from grader.sandbox import Sandbox

course, seconds = Path(sys.argv[1]), []
with tempfile.TemporaryDirectory() as folder, Sandbox() as sandbox:
    for name in assignments(course):
        assignment = load_assignment(course, name)
        path = Path(folder) / f"{name}.ipynb"
        path.write_text(notebook(course, name, "filled"))
        load = load_of(
            read_submission(path, assignment.roots), assignment.roots, assignment.locked, assignment.provided
        )

        def once():
            start = time.perf_counter()
            for question in assignment.questions:
                if isinstance(question, Experiment):
                    chosen = assignment.good_values[question.name]
                    outcome, _ = train(question, assignment, load, chosen, sandbox)
                    assert outcome.status == "passed", (question.name, outcome.message)
            return time.perf_counter() - start

        once()  # and the reference's run beside it, once for a class
        seconds.append(min(once(), once()))
print(*(1e3 * second for second in seconds))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("other", type=Path)
    parser.add_argument("--blocks", type=int, default=10)
    parser.add_argument("--experiments", action="store_true")
    arguments = parser.parse_args()
    trees = (arguments.other.resolve(), HERE)
    blocks: dict[Path, list[list[float]]] = {tree: [] for tree in trees}
    for number in range(arguments.blocks):
        for tree in trees if number % 2 else trees[::-1]:
            blocks[tree].append(_block(tree, _TRAININGS if arguments.experiments else _BLOCK))
    what = "all trainings" if arguments.experiments else f"{SUBMISSIONS} submissions"
    print(f"{arguments.blocks} blocks of {what} of each tree, milliseconds a submission")
    figures = assignments(HERE) if arguments.experiments else FIGURES
    for place, figure in enumerate(figures):
        other, here = ([block[place] for block in blocks[tree]] for tree in trees)
        ratio = statistics.median(new / old for old, new in zip(other, here, strict=True))
        before, now = statistics.median(other), statistics.median(here)
        print(f"{figure:20} before {before:6.1f}  now {now:6.1f}  ratio {ratio:.2f}")


def _block(tree: Path, program: str) -> list[float]:
    environment = {"PYTHONPATH": str(tree), "OPENBLAS_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    command = [str(tree / ".venv" / "bin" / "python"), "-P", "-c", program, str(tree)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=True)
    return list(map(float, done.stdout.split()))


if __name__ == "__main__":
    main()
