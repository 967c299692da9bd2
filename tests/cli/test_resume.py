"""A run that was interrupted is taken up again: what holds still is kept, and nothing else is."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from grader.cli import app, runs
from grader.model import from_json

RIGHT = "import numpy as np\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n"
WRONG = "def relu_forward(x):\n    return -x, x\n"


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("ann", "bob", "cem"):
        (folder / f"{name}.py").write_text(RIGHT)
    return folder


def arguments(handed_in: Path, course: Path, *more: object) -> list[str]:
    out = handed_in.parent / "grades"
    fixed = ["grade", handed_in, "--assignment", "two_layer_net", "--out", out, "--course", course]
    return [str(argument) for argument in (*fixed, "--workers", 1, *more)]


def grade(handed_in: Path, course: Path, *more: object, seed: int = 7) -> Result:
    return CliRunner().invoke(app, arguments(handed_in, course, "--seed", seed, *more))


def report(handed_in: Path, name: str) -> Any:
    return from_json((handed_in.parent / "grades" / "students" / name / "report.json").read_bytes())


def test_only_what_is_missing_or_changed_is_graded_again(handed_in: Path, course: Path) -> None:
    assert grade(handed_in, course).exit_code == 0
    out = handed_in.parent / "grades"
    kept = (out / "students" / "ann" / "report.json").read_bytes()
    (out / "students" / "bob" / "report.json").write_text("{")  # half written, as a full disk leaves it
    (handed_in / "cem.py").write_text(WRONG)
    result = grade(handed_in, course, "--resume")
    assert result.exit_code == 0, result.output
    assert "1 of 3 reports hold still" in result.output
    assert (out / "students" / "ann" / "report.json").read_bytes() == kept
    assert (report(handed_in, "bob").score, report(handed_in, "cem").score) == (2.0, 0.0)
    record = json.loads((out / "run.json").read_text())
    assert (record["graded"], record["submissions"], record["hidden_seed"]) == (3, 3, 7)
    assert (out / "grades.csv").read_text().count("\n") == 4


@pytest.mark.slow
def test_a_run_made_otherwise_is_not_taken_up(handed_in: Path, course: Path) -> None:
    assert grade(handed_in, course, "--resume").exit_code == 2
    assert grade(handed_in, course).exit_code == 0
    other = grade(handed_in, course, "--resume", seed=8)
    assert (other.exit_code, "another hidden seed" in other.output) == (2, True)
    record = handed_in.parent / "grades" / runs.RECORD
    made = json.loads(record.read_text())
    record.write_text(json.dumps({**made, "course": "0" * 64, "version": "0.9"}))
    changed = grade(handed_in, course, "--resume")
    assert "another version, course" in changed.output
    record.write_text("[]")
    assert grade(handed_in, course, "--resume").exit_code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells who started whom")
@pytest.mark.slow
def test_a_killed_grader_leaves_nobody_and_loses_nothing(handed_in: Path, course: Path) -> None:
    for number in range(6):
        (handed_in / f"dora_{number}.py").write_text("def relu_forward(x):\n    while True: pass\n")
    command = [sys.executable, "-c", "from grader.cli import main; main()"]
    process = subprocess.Popen(
        [*command, *arguments(handed_in, course, "--seed", 7)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    process.stderr.readline()  # "Graded 1 of 9": the others are being graded
    family = descendants(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    assert len(family) >= 2
    assert not [pid for pid, handle in family.items() if not ends(handle)]
    for number in range(6):
        (handed_in / f"dora_{number}.py").unlink()
    assert not (handed_in.parent / "grades" / "grades.csv").exists()
    result = grade(handed_in, course, "--resume")
    assert result.exit_code == 0, result.output
    assert [report(handed_in, name).score for name in ("ann", "bob", "cem")] == [2.0, 2.0, 2.0]
    assert (handed_in.parent / "grades" / "grades.csv").is_file()


def descendants(process: int) -> dict[int, int]:
    """Processes that ``process`` has started, and those they have: pid → a handle that tells its end."""
    found: dict[int, int] = {}
    waiting = [process]
    while waiting:
        pid = waiting.pop()
        try:
            listed = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
            found |= {child: os.pidfd_open(child) for child in listed}
        except OSError:
            continue
        waiting += listed
    return found


def ends(handle: int) -> bool:
    """Whether a process is gone within five seconds."""
    with open(handle, "rb", buffering=0) as file:
        return bool(select.select([file], [], [], 5)[0])
