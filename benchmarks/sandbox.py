"""What the seal costs: a submission in a sealed child, beside the usual ways to keep student code apart.

Two submissions. *Small*: ten functions of a few lines, three calls each, as the goals were set with. *Real*:
the first assignment's code questions but ``TwoLayerNet.init`` (which draws a quarter of a million weights,
and has a row of its own), with the three smallest cases of each. All rows of *real* do the same work.
Milliseconds are this machine's: an interpreter that imports NumPy is the yardstick.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ways import bubblewrap, kernel, written
from grader.course import load_assignment
from grader.course.release import notebook
from grader.intake import load_of, read_submission
from grader.model import Case, Chunk, Input, Load, Ref, Step
from grader.sandbox import Sandbox
from grader.source import compile_statement, texts

COURSE = Path(__file__).resolve().parent.parent
NAME = "two_layer_net"
ROUNDS = 200
MANY = 5_000


@dataclass(frozen=True)
class Work:
    """One submission's sources and its cases, a batch a question."""

    load: Load
    batches: Sequence[Sequence[Case]]


def main() -> None:
    small, (ten, eleven) = _small(), _work()
    for name, work in (("small", small), ("real", ten)):
        programs = sum(map(len, work.batches))
        print(
            f"{name}: {len(work.batches)} questions, {programs} programs, {_kilobytes(work):.1f} KB of source"
        )
    with Sandbox() as sandbox:
        print(f"level {sandbox.info.level}: {', '.join(sandbox.info.mechanisms)}")
        once, little = _in_a_child(sandbox, ten), _in_a_child(sandbox, small)
        spent = [("small", _processor_time(sandbox, little)), ("real", _processor_time(sandbox, once))]
        compiling = ", ".join(
            f"{1e3 * _compiling(work):.1f} ms {name}" for name, work in (("small", small), ("real", ten))
        )
        print(f"of which a child compiles its statements, in a process that is warm: {compiling}")
        memory = f"{_private(sandbox, small):.1f} MB small, {_private(sandbox, ten):.1f} MB real"
        print(f"private memory of a child after its last case: {memory}")
        rows = [("small, in a sealed child", timed(little, ROUNDS))]
        rows.append(("real, in a sealed child", timed(once, ROUNDS)))
        rows.append(("and `TwoLayerNet.init`", timed(_in_a_child(sandbox, eleven), ROUNDS // 4)))
        flat = _memory(sandbox, once)
    with Sandbox(without=[name for name in sandbox.info.mechanisms if name != "resource limits"]) as bare:
        rows.append(("with nothing but resource limits", timed(_in_a_child(bare, ten), ROUNDS)))
    rows += _others(ten)
    yardstick = statistics.median(timed(lambda: _run([sys.executable, "-c", "import numpy"]), 15))
    base = statistics.median(rows[1][1])
    print(f"an interpreter that imports NumPy: {1e3 * yardstick:.0f} ms")
    print(f"\n{'a submission, one at a time':44} {'median ms':>10} {'95 % ms':>9} {'times':>7}")
    for title, times in rows:
        late = statistics.quantiles(times, n=20)[-1]
        middle = statistics.median(times)
        print(f"{title:44} {1e3 * middle:10.1f} {1e3 * late:9.1f} {middle / base:7.1f}")
    print()
    for name, (_, said) in spent:
        print(f"processor time, {name}: {said}")
    wall, processor = statistics.median(rows[0][1]) / yardstick, spent[0][1][0] / yardstick
    print(
        f"small, in imports of NumPy: {wall:.2f} of wall time, {processor:.2f} of processor time; "
        f"the goals, 12 and 15 ms where one takes 105 ms, are {12 / 105:.2f} and {15 / 105:.2f}"
    )
    for workers in (1, 2):
        rates = ", ".join(f"{_throughput(workers, name):.0f} {name}" for name in ("small", "real"))
        print(f"{workers} at a time, a second: {rates}")
    print(flat)


def _work() -> tuple[Work, Work]:
    assignment = load_assignment(COURSE, NAME)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.ipynb"
        path.write_text(notebook(COURSE, NAME, "filled"), encoding="utf-8")
        submission = read_submission(path, assignment.roots)
    load = load_of(submission, assignment.roots, assignment.locked_cells, assignment.provided_names)
    code = [question.name for question in assignment.questions if question.kind == "code"]
    cases = {name: [case for case in assignment.public if case.question == name][:3] for name in code}
    drawing = cases.pop("TwoLayerNet.init")
    ten = Work(load, list(cases.values()))
    return ten, Work(load, [*ten.batches, drawing])


def _small() -> Work:
    """Ten affine layers, a cell each."""
    text = '''def affine_{0}(x, w, b):
    """Affine layer: x (N, D), w (D, M), b (M,) → out (N, M)."""
    out = x.reshape(x.shape[0], -1) @ w + b
    return out
'''
    head = Chunk("cell 0", "import numpy as np\n", (0,))
    load = Load((head, *(Chunk(f"cell {n}", text.format(n), (0,)) for n in range(1, 11))))
    inputs = (np.ones((4, 6)), np.ones((6, 3)), np.ones(3))
    steps = [Step("call", f"affine_{n}", None, (Input(0), Input(1), Input(2))) for n in range(1, 11)]
    key = (np.ones((4, 3)),)
    return Work(load, [[_case(step, inputs, key) for _ in range(3)] for step in steps])


def _case(step: Step, inputs: tuple[Any, ...], key: tuple[Any, ...]) -> Case:
    return Case("q", "", 0, False, 1, inputs, ("x", "w", "b"), (step,), (Ref(0),), key, ())


def _kilobytes(work: Work) -> float:
    return sum(len(chunk.source) for chunk in work.load.chunks) / 1024


def _in_a_child(sandbox: Sandbox, work: Work) -> Callable[[], None]:
    def once() -> None:
        with sandbox.open(work.load) as session:
            for batch in work.batches:
                for result in session.run(batch):
                    assert not result.failures, result.failures

    return once


def timed(work: Callable[[], None], rounds: int) -> list[float]:
    """Seconds of each of ``rounds`` runs, after three that do not count."""
    times = []
    for number in range(-3, rounds):
        start = time.perf_counter()
        work()
        if number >= 0:
            times.append(time.perf_counter() - start)
    return times


def _processor_time(sandbox: Sandbox, once: Callable[[], None]) -> tuple[float, str]:
    """Seconds of all that a submission takes, and in words whose they are."""
    zygote = sandbox._launcher._process.pid  # type: ignore[attr-defined]
    timed(once, 1)
    before, own = _ticks(zygote), time.process_time()
    timed(once, ROUNDS - 3)
    own = (time.process_time() - own) / ROUNDS
    with sandbox.open(Load(())):
        pass  # by now the last of them has been reaped
    spent = zip(_ticks(zygote), before, strict=True)
    zygotes, children = ((after - earlier) / ROUNDS for after, earlier in spent)
    total = own + zygotes + children
    return total, (
        f"{1e3 * total:.1f} ms ({1e3 * children:.1f} in the child, {1e3 * zygotes:.1f} in the zygote, "
        f"{1e3 * own:.1f} in the grader)"
    )


def _ticks(pid: int) -> tuple[float, float]:
    """Seconds of processor time: a process's own, and its children's that are gone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    tick = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / tick, (int(fields[13]) + int(fields[14])) / tick


def _compiling(work: Work) -> float:
    """Seconds in which a child compiles the statements of a submission. It is in every row."""
    pieces = [(chunk.label, texts(chunk.source, chunk.statements)) for chunk in work.load.chunks]

    def once() -> None:
        flags = 0
        for label, statements in pieces:
            for statement in statements:
                _, flags = compile_statement(statement, f"<{label}>", flags)

    return statistics.median(timed(once, 20))


def _private(sandbox: Sandbox, work: Work) -> float:
    """Megabytes that a child shares with nobody."""
    with sandbox.open(work.load) as session:
        for batch in work.batches:
            list(session.run(batch))
        assert session._child is not None
        lines = Path(f"/proc/{session._child.pid}/smaps_rollup").read_text().splitlines()
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    return kilobytes / 1024


def _memory(sandbox: Sandbox, once: Callable[[], None]) -> str:
    zygote = sandbox._launcher._process.pid  # type: ignore[attr-defined]
    readings = []
    for number in range(MANY + 1):
        if number in (MANY // 10, MANY):
            readings.append((_resident(os.getpid()), _resident(zygote)))
        once()
    (own, zygotes), (own_after, zygotes_after) = readings
    return (
        f"resident memory after {MANY // 10:,} and {MANY:,} submissions: "
        f"grader {own:.1f} and {own_after:.1f} MB, zygote {zygotes:.1f} and {zygotes_after:.1f} MB"
    )


def _resident(pid: int) -> float:
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _throughput(workers: int, name: str) -> float:
    """Submissions a second of several graders at a time, each with a sandbox of its own."""
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (name,)) as pool:
        list(pool.map(_many, [10] * workers))
        start = time.perf_counter()
        done = sum(pool.map(_many, [ROUNDS // 10] * 10 * workers))
        return done / (time.perf_counter() - start)


_once: list[Callable[[], None]] = []


def _start(name: str) -> None:
    _once.append(_in_a_child(Sandbox(), _small() if name == "small" else _work()[0]))


def _many(rounds: int) -> int:
    for _ in range(rounds):
        _once[0]()
    return rounds


def _others(work: Work) -> list[tuple[str, list[float]]]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        script = written(work.load, work.batches, Path(folder))
        fresh: list[Any] = [sys.executable, str(script)]
        rows.append(("a fresh interpreter", timed(lambda: _run(fresh), 15)))
        if shutil.which("bwrap"):
            sealed = [*bubblewrap(), *fresh]
            rows.append(("bubblewrap and a fresh interpreter", timed(lambda: _run(sealed), 15)))
        else:
            print("bubblewrap is not here: apt install bubblewrap")
        rows.append(("a Jupyter kernel", timed(lambda: kernel(script.read_text()), 5)))
    return rows


def _run(command: list[Any]) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=COURSE)


if __name__ == "__main__":
    main()
