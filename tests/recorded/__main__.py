"""Write what is told now: ``python -m tests.recorded``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from grader.course import load_assignment
from grader.grading import grade
from grader.intake import read_submission
from grader.sandbox import Sandbox
from tests.goldens import ASSIGNMENTS, COURSE, goldens, write
from tests.grading.test_goldens import hidden_for, used
from tests.recorded.verdicts import FOLDER, of_mistakes, of_report


def main() -> None:
    """Judge all, and write it."""
    save("mistakes", {name: of_mistakes(name, load_assignment(COURSE, name)) for name in ASSIGNMENTS})
    found: dict[str, Any] = {}
    with Sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        for golden in goldens():
            assignment = used(golden.assignment)
            submission = read_submission(write(golden, Path(folder)), assignment.roots)
            report = grade(
                submission,
                assignment,
                sandbox,
                hidden=hidden_for(golden),
                only=golden.asked(assignment.questions),
            )
            found[golden.name] = of_report(report)
    save("goldens", found)


def save(name: str, found: dict[str, Any]) -> None:
    """Write one file, a line an outcome."""
    (FOLDER / f"{name}.json").write_text(
        json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
