"""Print the gradient engine's figures beside those of other gradient checks.

    python -m benchmarks.gradients [--quick]

The peers are optional: pip install 'gradient-grader[bench]'. They see the first problems of the same
lists (same functions, same seeds), fewer where they are slow: each line says how many.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks import gradient_problems as problems
from benchmarks.gradient_peers import flat, loop_error, peers
from benchmarks.gradient_problems import Problem
from grader.gradients import ArrayReport, GradientReport, check
from grader.gradients.lines import LADDER, Line, displaced, judge, rung
from grader.gradients.point import prepare

Kept = list[tuple[str, Problem]]


def ours(problem: Problem, seed: int) -> GradientReport:
    return check(problem.forward, problem.backward, problem.inputs, problem.dout, seed=seed)


def false_alarms(count: int, *, single: bool) -> Kept:
    """Right gradients: what each check says of them; the list, for the peers."""
    tally: Counter[str] = Counter()
    resolutions, evaluations = [], []
    kept: Kept = []
    for number, problem in enumerate(problems.right(count, seed=1)):
        problem = problems.single(problem) if single else problem
        report = ours(problem, number)
        expected = report.status == "kink" and problem.planted
        tally["kink at planted zeros" if expected else report.status] += 1
        evaluations.append(report.evaluations)
        resolutions += [array.resolution for array in report.arrays.values() if array.status == "pass"]
        if report.status == "fail" or (not single and report.status not in ("pass", "kink")):
            causes = {k: a.explain() for k, a in report.arrays.items() if a.status != "pass"}
            print(f"   {problem.name} number {number}: {report.status}, {causes}")
        if len(kept) < 300:
            kept.append((problem.name, problem))
    print(f"   ours, {count}: {dict(sorted(tally.items()))}")
    middle, most = np.quantile(resolutions, (0.5, 0.99))
    print(
        f"   mean of {np.mean(evaluations):.0f} evaluations; "
        f"resolution of a pass: median {middle:.1e}, 99 % below {most:.1e}"
    )
    return kept


def misses(count: int) -> Kept:
    """Wrong gradients: what is not seen."""
    missed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    kept: Kept = []
    for number, (kind, problem) in enumerate(problems.wrong(count, seed=2)):
        report = ours(problem, number)
        total[kind] += 1
        if not seen(kind, report):
            missed[kind] += 1
            print(f"   missed: {kind} in {problem.name}, number {number}: {report}")
        if len(kept) < 260 and not kind.startswith("x >="):
            kept.append((kind, problem))
    for kind, made in total.items():
        print(f"   {kind:26s} {missed[kind]} missed of {made}")
    print(f"   ours, {total.total()}: {missed.total()} missed")
    return kept


def seen(kind: str, report: GradientReport) -> bool:
    """A fail; for x >= 0 at zeros, which is a convention, its name."""
    if kind.startswith("x >="):
        reasons = (array.explanation for array in report.arrays.values())
        return any(reason is not None and reason.convention == "x >= 0" for reason in reasons)
    return report.status == "fail"


def compare(kept: Kept, count: int, wanted: bool, slow: Sequence[str] = ()) -> None:
    """Peers on the same problems: how many of them say what is not so (an exception is not a verdict)."""
    kept = kept[:count]
    mine = sum((ours(p, k).status == "fail") is wanted for k, (_, p) in enumerate(kept))
    print(f"   on the first {len(kept)}:  ours {mine}", end="")
    for name, peer in peers().items():
        if peer is None or name in slow:
            print(f" | {name}: {'not installed' if peer is None else 'too slow'}", end="")
            continue
        wrong = sum(peer(problem) is not wanted for _, problem in kept)
        print(f" | {name} {wrong} ({wrong / max(1, len(kept)):.0%})", end="", flush=True)
    print()


def full_size(rng: Any, kind: str) -> Problem:
    """An affine layer or a net's first matrix, 3072×100, with one mistake."""
    if rng.random() < 0.5:
        problem = problems.net(rng, "two-layer", [3072, 100, 10], 20, 1.0, 0.1)
        name = "W1"
    else:
        x, w, b = rng.normal(size=(20, 3072)), rng.normal(size=(3072, 100)) / 55, np.zeros(100)
        problem = Problem(
            "affine",
            lambda i: x @ i["w"] + i["b"],
            lambda i, d: {"w": x.T @ d, "b": d.sum(0)},
            {"w": w, "b": b},
            rng.normal(size=(20, 100)),
        )
        name = "w"
    g = problem.backward(problem.inputs, problem.dout)[name]
    entry, row = problems.entry_that_counts(g, rng), int(rng.integers(3072))
    change = {
        "0.1 % of one element": lambda g: problems.at_entry(g, entry, 1.001),
        "scale 1.001": lambda g: 1.001 * g,
        "one row flipped": lambda g: problems.row_times(g, row, -1),
        "one row zero": lambda g: problems.row_times(g, row, 0),
        "one element flipped": lambda g: problems.at_entry(g, entry, -1),
    }[kind]
    made = problems.altered(replace(problem, flags={}), name, change, least=0.0)
    assert made is not None
    return made


LARGE = ("0.1 % of one element", "scale 1.001", "one row flipped", "one row zero", "one element flipped")


def at_full_size(count: int) -> None:
    missed: Counter[str] = Counter()
    kept: Kept = []
    for number in range(count):
        kind = LARGE[number % len(LARGE)]
        problem = full_size(np.random.default_rng([3, number]), kind)
        report = ours(problem, number)
        missed[kind] += report.status != "fail"
        if report.status != "fail":
            print(f"   missed: {kind} in {problem.name}, number {number}: {report.status}")
        if len(kept) < 40:
            kept.append((kind, problem))
    print(f"   ours, {count}: {missed.total()} missed")
    compare(kept, 40, wanted=False, slow=("torch slow", "scipy", "loop 1e-7", "loop 1e-4"))


def cost(seeds: int) -> None:
    """Evaluations and seconds of the two nets that the issue names, 20 and 50 examples."""
    for name, widths in (("two-layer", [3072, 100, 10]), ("five-layer", [3072, 100, 100, 100, 100, 10])):
        evaluations, seconds = [], []
        for seed in range(seeds):
            n = 50 if seed % 2 else 20
            problem = problems.net(np.random.default_rng([4, seed]), name, widths, n, 1.0, 0.1)
            started = time.perf_counter()
            report = ours(problem, seed)
            seconds.append(time.perf_counter() - started)
            evaluations.append(report.evaluations)
            assert report.status == "pass", report
        loop = 2 * sum(array.size for array in problem.inputs.values())
        x, phi, _ = flat(problem)
        started = time.perf_counter()
        for _ in range(20):
            phi(x)
        each = (time.perf_counter() - started) / 20
        print(
            f"   {name} {'-'.join(map(str, widths))}, {seeds} seeds: "
            f"evaluations median {np.median(evaluations):.0f}, most {max(evaluations)}; "
            f"seconds median {np.median(seconds):.2f}, "
            f"most {max(seconds):.2f} | the element loop: {loop:,} evaluations, about {loop * each:.0f} s"
        )


def planted(rng: Any, kind: str, shape: tuple[int, int, int], net: bool) -> tuple[bool, int]:
    """Plant one mistake; whether exactly the changed entries were found, and the evaluations of it all."""
    n, d, m = shape
    if net:
        problem, name = problems.net(rng, "net", [d, m, 4], n, 1.0), "W1"
    else:
        problem, name = problems.affine(rng), "w"
        x, w, b = rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)
        problem = replace(problem, inputs={"x": x, "w": w, "b": b}, dout=rng.normal(size=(n, m)))
    g = problem.backward(problem.inputs, problem.dout)[name]
    factor = float(rng.choice([-1, 0, 2, 1.01]))
    pick = rng.permutation(max(d, m))
    rows, column = sorted(int(i) for i in pick[pick < d][:2]), int(pick[pick < m][0])
    count = int(kind) if kind.isdigit() else 1
    large = np.flatnonzero(np.abs(g) >= 0.01 * np.sqrt(np.mean(g**2)))
    entries, factors = rng.permutation(large)[:count], rng.choice([-1, 0, 2, 1.5, 1.01], count)

    def change(g: Any) -> Any:
        out = g.copy()
        if kind == "row":
            out[rows[0]] *= factor
        elif kind == "column":
            out[:, column] *= factor
        elif kind == "swap":
            out[rows] = g[rows[::-1]]
        else:
            out.reshape(-1)[entries] *= factors
        return out

    wrong = problems.altered(problem, name, change, least=0.0)
    if wrong is None:
        return True, 0
    report = ours(wrong, int(rng.integers(1000)))
    return exactly(report.arrays[name], change(g) != g, g != 0), report.evaluations


def exactly(array: ArrayReport, changed: Any, alive: Any) -> bool:
    """Whether the places named are those changed (a whole row may hold entries that are zero anyway)."""
    if array.where is None:
        return False
    named = np.zeros(changed.shape, dtype=bool)
    named[list(array.where.rows)] = True
    named[:, list(array.where.columns)] = True
    for element in array.where.elements:
        named[element] = True
    return bool(np.array_equal(named & alive, changed & alive))


def localisation(repeats: int) -> None:
    for shape in ((5, 6, 5), (8, 20, 10), (6, 4, 200), (10, 300, 60), (20, 3072, 100)):
        found, made, most = 0, 0, 0
        for kind in ("row", "column", "swap", "1", "2", "3", "4", "5"):
            for seed in range(repeats if shape[1] < 3072 else max(1, repeats // 5)):
                for net in (False, True):
                    rng = np.random.default_rng([5, seed, ord(kind[0]), int(net)])
                    exact, evaluations = planted(rng, kind, shape, net)
                    found, made, most = found + exact, made + 1, max(most, evaluations)
        print(f"   {shape[1]}×{shape[2]}: {found} of {made} exact, at most {most} evaluations in all")


def estimates(count: int) -> None:
    """The error bound against the actual error: along one random line each, the best pair of steps."""
    ratios: list[float] = []
    for number, problem in enumerate(problems.right(2 * count, seed=6)):
        if problem.planted or len(ratios) == count:
            continue
        rng = np.random.default_rng([6, number])
        inputs, dout = problem.inputs, np.asarray(problem.dout, dtype=np.float64)
        gradients = problem.backward(inputs, problem.dout)
        stage = prepare(rng, inputs, dout, gradients)
        request = next(stage)
        try:
            while True:
                request = stage.send([problem.forward(point) for point in request.points])
        except StopIteration as done:
            base = done.value[0]
        name = str(rng.choice(list(inputs)))
        u = rng.normal(size=inputs[name].shape) * base.scale[name]
        one = Line(name, u, gradients[name], float(np.linalg.norm(gradients[name] * u)), base.epsilon, False)
        rungs = []
        for h in LADDER:
            values = [
                float(np.sum(np.asarray(problem.forward({**inputs, name: moved})) * dout))
                for moved in displaced(inputs[name], u, h)
            ]
            rungs.append(rung(one, inputs[name], h, (values[0], values[1], base.centre), base.level))
        verdicts = [judge(a, b, one) for a, b in itertools.pairwise(rungs)]
        best = min(verdicts, key=lambda verdict: verdict.bound)
        ratios.append(abs(best.error) / best.bound)
    above = sum(ratio > 10 for ratio in ratios)
    print(
        f"   {len(ratios)} random lines: actual error over estimate: median {np.median(ratios):.2f}, largest "
        f"{max(ratios):.2f}; above 10: {above}"
    )


def determinism(count: int) -> None:
    """The same bytes twice, whatever the global generators hold, which stay where they were."""
    same, moved = 0, 0
    for number, problem in enumerate(problems.right(count, seed=7)):
        texts = []
        for state in (1, 2):
            random.seed(state)
            np.random.seed(state)
            before = (random.getstate(), repr(np.random.get_state()))
            texts.append(repr(ours(problem, number)))
            moved += before != (random.getstate(), repr(np.random.get_state()))
        same += texts[0] == texts[1]
    print(f"   {same} of {count} reports the same byte for byte; global random state moved: {moved}")


def fixed_step() -> None:
    """Why h = 1e-5 and 1e-7 do not do: the element loop on *right* gradients, by scale of the inputs."""
    for low in (-3, -1, 1):
        errors: dict[str, list[float]] = {}
        for number, problem in enumerate(problems.right(300, seed=8)):
            size = np.sqrt(np.mean(next(iter(problem.inputs.values())) ** 2))
            if 10.0**low <= size < 10.0 ** (low + 2) and not problem.planted and number % 6 != 5:
                errors.setdefault(problem.name, []).append(loop_error(problem))
        text = ", ".join(f"{name} {max(found):.0e}" for name, found in sorted(errors.items()))
        print(f"   inputs of size 1e{low}…1e{low + 2}: largest relative error {text}")


def main() -> None:
    """Print every section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a twentieth of the problems")
    part = 20 if parser.parse_args().quick else 1
    started = time.perf_counter()
    print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, one thread")
    with np.errstate(all="ignore"):
        print("1a. Right float64 gradients, scales 1e-3…1e3: false alarms")
        compare(false_alarms(10_000 // part, single=False), 300 // part, wanted=True)
        print("1b. The same in single precision throughout: false alarms")
        compare(false_alarms(10_000 // part, single=True), 120 // part, wanted=True)
        print("2.  Wrong float64 gradients: misses")
        compare(misses(1_300 // part), 260 // part, wanted=False)
        print("3a. Wrong gradients at 3072×100: misses")
        at_full_size(200 // part)
        print("3b. Cost of one check of a right net")
        cost(max(4, 20 // part))
        print("4.  Planted rows, columns, swaps and 1 to 5 elements: located exactly")
        localisation(max(1, 10 // part))
        print("5.  The error estimate")
        estimates(300 // part)
        print("6.  Determinism")
        determinism(max(6, 60 // part))
        print("7.  The classic loop with h = 1e-5, on right gradients")
        fixed_step()
    print(f"({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    main()
