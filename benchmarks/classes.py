"""The grader's own memory while it grades a class with all its experiments: flat, and how large.

``python -m benchmarks.classes [ASSIGNMENT ...] [--count 200] [--workers 2]`` grades copies of a right answer,
each a little different, and prints for each kind of process what it took at its height while twenty of them
were graded, the caches being full, and while the last twenty were. Linux only: it reads ``/proc``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.release import notebook

COURSE = Path(__file__).resolve().parent.parent
ASSIGNMENTS = ("two_layer_net", "fully_connected_nets", "deep_nets")
ROLES = ("grader", "worker", "zygote", "child")
WARM_UP = 20
"""Submissions a worker until its caches, which are bounded, are full: these are not compared."""
EDGE = 20
"""Submissions after that, and at the end, that are compared."""
_SECONDS = 0.5
"""Between two looks at all processes."""
_PROGRAM = "from grader.cli import main; main()"
_KB = 1 << 10


@dataclass(frozen=True)
class Sample:
    """One process at one moment. Sizes in MB; ``finished`` submissions had a report by then."""

    finished: int
    role: str
    pid: int
    share: float
    """Its share of memory (PSS: what several processes hold is divided among them); RSS if that is secret.

    Without mapped files: a share of a library grows when another process that uses it ends.
    """
    resident: float
    peak: float
    """The most that it ever had in memory (VmHWM)."""


@dataclass
class Figures:
    """What grading one class took."""

    assignment: str
    count: int
    workers: int = 2
    graded: int = 0
    full_marks: int = 0
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    def peak(self, role: str, last: bool) -> float:
        """The share of memory of a process of this role, among the first or the last submissions.

        One sample in ten is larger: how often a training's few largest moments are met is chance.
        """
        shares = sorted(sample.share for sample in self._edge(role, last))
        return shares[int(0.9 * (len(shares) - 1))] if shares else 0.0

    def ratio(self, role: str) -> float:
        """What the last submissions took by what the first took, at their heights."""
        return self.peak(role, last=True) / (self.peak(role, last=False) or 1.0)

    @property
    def largest(self) -> Sample:
        """The process that was the largest in memory, at its height."""
        return max(self.samples, key=lambda sample: sample.peak)

    def _edge(self, role: str, last: bool) -> Iterator[Sample]:
        for sample in self.samples:
            first = self.count - EDGE if last else WARM_UP * self.workers
            if sample.role == role and first <= sample.finished < first + EDGE:
                yield sample


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS, metavar="ASSIGNMENT")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    for name in arguments.assignments:
        print(table(measure(name, arguments.count, arguments.workers)), flush=True)


def measure(assignment: str, count: int, workers: int = 2) -> Figures:
    """Grade ``count`` copies of an answer that is right and trains every experiment; sample all processes."""
    figures = Figures(assignment, count, workers)
    with tempfile.TemporaryDirectory() as folder:
        submissions, out = Path(folder) / "in", Path(folder) / "out"
        _write_class(submissions, assignment, count)
        command = [
            sys.executable,
            "-P",
            "-c",
            _PROGRAM,
            "grade",
            str(submissions),
            "--assignment",
            assignment,
        ]
        command += ["--out", str(out), "--course", str(COURSE), "--seed", "7", "--workers", str(workers)]
        command += ["--accept", "limited"]
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            while process.poll() is None:
                finished = sum(1 for _ in out.glob("students/*/report.sha256"))
                figures.samples += _samples(process.pid, finished)
                time.sleep(_SECONDS)
        finally:
            process.kill()
            _, errors = process.communicate()
        if process.returncode:
            raise RuntimeError(f"grader grade ended with {process.returncode}: {errors[-2_000:]}")
        figures.seconds = time.monotonic() - start
        for path in out.glob("students/*/report.json"):
            report = json.loads(path.read_text(encoding="utf-8"))
            figures.graded += 1
            figures.full_marks += report["score"] == report["max_score"]
    return figures


def table(figures: Figures) -> str:
    """The figures as a person reads them."""
    lines = [
        f"{figures.assignment}: {figures.graded} of {figures.count} graded in {figures.seconds:.0f} s, "
        f"{figures.full_marks} with full marks",
        f"  {'MB at most':12}{f'{EDGE} of them':>12}{f'the last {EDGE}':>13}{'ratio':>8}",
    ]
    for role in ROLES:
        first, last = figures.peak(role, last=False), figures.peak(role, last=True)
        lines.append(f"  {role:12}{first:12.1f}{last:13.1f}{figures.ratio(role):8.2f}")
    lines.append(f"  largest process: a {figures.largest.role}, {figures.largest.peak:.0f} MB in memory")
    return "\n".join(lines)


def _write_class(folder: Path, assignment: str, count: int) -> None:
    """Write copies of the filled-in notebook, each with a comment of its own: no source is seen twice."""
    text = notebook(COURSE, assignment, "filled")
    folder.mkdir()
    for number in range(count):
        document = json.loads(text)
        for cell in document["cells"]:
            if cell["cell_type"] == "code" and cell["metadata"].get("grader", {}).get("role") == "answer":
                cell["source"] = "".join(cell["source"]) + f"\n# copy {number}"
        (folder / f"copy{number:04}.ipynb").write_text(json.dumps(document), encoding="utf-8")


def _samples(root: int, finished: int) -> list[Sample]:
    """The grader's process and all below it."""
    found = []
    waiting = [(root, "grader")]
    while waiting:
        pid, role = waiting.pop()
        with contextlib.suppress(OSError, ValueError):  # it ended meanwhile
            found.append(_sample(pid, role, finished))
            below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            waiting += [(int(child), _role_below(role)) for child in below]
    return found


def _role_below(role: str) -> str:
    return ROLES[min(ROLES.index(role) + 1, len(ROLES) - 1)]


def _sample(pid: int, role: str, finished: int) -> Sample:
    status = _fields(Path(f"/proc/{pid}/status"))
    resident, peak = status["VmRSS"], status["VmHWM"]
    try:
        shares = _fields(Path(f"/proc/{pid}/smaps_rollup"))
        share = shares["Pss"] - shares.get("Pss_File", 0)
    except PermissionError:  # what is sealed shows it to root alone
        share = resident
    return Sample(finished, role, pid, share / _KB, resident / _KB, peak / _KB)


def _fields(path: Path) -> dict[str, int]:
    """The sizes in a file of ``/proc``, in kB; ValueError where there are none, as of a dead process."""
    sizes = {}
    for line in path.read_text().splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            sizes[name] = int(value.split()[0])
    if not sizes:
        raise ValueError(f"{path} holds no sizes")
    return sizes


if __name__ == "__main__":
    main()
