"""Fuzz whole submissions: sources, notebooks, names and archives, mutated, through the grader's own workers.

Run it with ``make fuzz-submissions``, or ``python scripts/fuzz_submissions.py --count 500 --seed 3``. A seed
gives the same mutants each time. What goes wrong is kept, and ``--replay FILE`` grades it again; exit 1.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])
)  # workers'

from tests.fuzz.mutants import load  # noqa: E402
from tests.fuzz.run import fuzz, replay  # noqa: E402


def main() -> None:
    """Fuzz, by default twenty thousand times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--workers", type=int, default=1 + (os.cpu_count() or 1), help="some of them wait")
    parser.add_argument("--save", type=Path, default=ROOT / "build" / "fuzz", help="where failures are kept")
    parser.add_argument("--replay", type=Path, help="a file that was kept, to be graded again")
    arguments = parser.parse_args()
    if arguments.replay is None:
        summary = fuzz(
            arguments.count, arguments.seed, arguments.workers, arguments.save, first=arguments.first
        )
    else:
        kept = arguments.replay
        text = load(kept.read_text(encoding="utf-8")) if kept.suffix == ".json" else None
        summary = replay(kept, text, 1, arguments.save)
    print(summary)
    sys.exit(1 if summary.failures else 0)


if __name__ == "__main__":
    main()
