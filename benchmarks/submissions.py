"""Submissions per second: a zygote's children beside a fresh interpreter for each; and a person's waits.

Every figure is from one run on one machine; compare the ratios, not the seconds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.course import load_assignment, write_bundle
from grader.course.release import notebook
from grader.grading import grade
from grader.intake import load_of, read_submission
from grader.notebook.checker import judge
from grader.sandbox import Sandbox

COURSE = Path(__file__).resolve().parent.parent
NAME = "two_layer_net"
ROUNDS = 30

FRESH = """
import sys
import numpy as np
namespace = {}
exec(open(sys.argv[1]).read(), namespace)
out, cache = namespace["affine_forward"](np.ones((2, 3)), np.ones((3, 4)), np.ones(4))
"""


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def main() -> None:
    assignment = load_assignment(COURSE, NAME)
    assert assignment.record_hidden is not None
    hidden = assignment.record_hidden(1)
    code = [q.name for q in assignment.questions if q.kind == "code"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.ipynb"
        path.write_text(notebook(COURSE, NAME, "filled"), encoding="utf-8")
        cells = json.loads(path.read_text())["cells"]
        answers = [
            "".join(c["source"])
            for c in cells
            if c["cell_type"] == "code" and c["metadata"].get("grader", {}).get("role") in ("answer", "given")
        ]
        (Path(folder) / "answers.py").write_text("import numpy as np\n" + "\n".join(answers))
        (Path(folder) / f"{NAME}.cases").write_bytes(write_bundle(assignment))
        submission = read_submission(path, assignment.roots)
        load = load_of(submission, assignment.roots, assignment.locked_cells, assignment.provided_names)
        cases = [case for case in assignment.public if case.question in code]
        with Sandbox() as sandbox:

            def child() -> None:
                with sandbox.open(load) as session:
                    list(session.run(cases))

            child()
            children = timed(child, ROUNDS)
            graded = timed(lambda: grade(submission, assignment, sandbox, hidden=hidden, only=code), ROUNDS)
            whole = timed(lambda: grade(submission, assignment, sandbox, hidden=hidden), 3)
        fresh = timed(
            lambda: subprocess.run([sys.executable, "-c", FRESH, f"{folder}/answers.py"], check=True), 10
        )
        command = [sys.executable, "-c", "from grader.cli import main; main()", "check", str(path)]
        for name in code:
            command += ["--question", name]
        cold = timed(lambda: subprocess.run(command, cwd=folder, capture_output=True, check=False), 5)
        namespace: dict[str, object] = {}
        exec("import numpy as np\n" + "\n".join(answers), namespace)
        live = {
            question.name: statistics.median(timed(lambda: judge(question, assignment, namespace), 5))  # noqa: B023 (timed at once)
            for question in assignment.questions
            if question.kind == "code"
        }
    row = "{:62} {:>10} {:>12}"
    print(row.format("one submission, one core (medians)", "ms", "a second"))
    for title, times in (
        (f"load and run {len(cases)} public cases in a forked child", children),
        ("fresh interpreter, numpy, one call", fresh),
        (f"read, run and judge {len(cases)} public and {len(hidden)} hidden cases", graded),
        ("the same with the training experiment", whole),
    ):
        middle = statistics.median(times)
        print(row.format(title, f"{1000 * middle:.1f}", f"{1 / middle:.1f}"))
    ratio = statistics.median(fresh) / statistics.median(children)
    print(f"a fresh interpreter for one call costs {ratio:.1f} times a forked child with all cases")
    print(f"`grader check`, cold, training aside: {statistics.median(cold):.2f} s")
    slowest = max(live, key=lambda name: live[name])
    print(f"`check(...)` in a notebook, slowest question: {1000 * live[slowest]:.0f} ms ({slowest})")


if __name__ == "__main__":
    main()
