"""What importing costs: ``from grader import check`` beside NumPy's own import, and ``grader --help``.

Each figure is the best of many new interpreters, in turns, with compiled modules in a cache of their
own: as in an installed package, whatever ``PYTHONDONTWRITEBYTECODE`` says here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.course import load_assignment, write_bundle

COURSE = Path(__file__).resolve().parent.parent
NAME = "two_layer_net"
ROUNDS = 15
NUMPY, CHECK, FIRST, HELP = (
    "import numpy",
    "from grader import check",
    "the same, and the first check",
    "grader --help",
)
_ANSWER = "def affine_forward(x, w, b): return x.reshape(len(x), -1) @ w + b, (x, w, b)"
PROGRAMS = {
    "an interpreter": ["-c", "pass"],
    NUMPY: ["-c", NUMPY],
    CHECK: ["-c", CHECK],
    FIRST: ["-c", f"{CHECK}\n{_ANSWER}\nassert check('affine_forward').passed"],
    HELP: ["-c", "from grader.cli import main; main()", "--help"],
}


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds that each program takes as a process of its own, at best."""
    best = dict.fromkeys(PROGRAMS, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{NAME}.cases").write_bytes(write_bundle(load_assignment(COURSE, NAME)))
        for name in PROGRAMS:
            _seconds(name, Path(folder))  # compiles what it imports
        for _ in range(rounds):
            for name in PROGRAMS:
                best[name] = min(best[name], _seconds(name, Path(folder)))
    return best


def _seconds(name: str, folder: Path) -> float:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(COURSE)}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *PROGRAMS[name]], cwd=folder, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def main() -> None:
    best = measure()
    print(f"a process, best of {ROUNDS:<28} ms")
    for name, seconds in best.items():
        print(f"{name:40} {1000 * seconds:6.0f}")
    print(f"`{CHECK}` takes {best[CHECK] / best[NUMPY]:.2f} times as long as `{NUMPY}` (at most 1.3)")
    print(f"with the first check it is {best[FIRST] / best[NUMPY]:.2f} times")
    print(f"`{HELP}` takes {best[HELP]:.2f} s (at most 0.3)")


if __name__ == "__main__":
    main()
