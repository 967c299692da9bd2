"""The same submissions give the same reports: in a second run, and with any number of workers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from grader.cli import app
from tests.goldens import goldens, write

pytestmark = pytest.mark.slow

CLASS = ("bias_forgotten", "softmax_without_shift", "nan_everywhere", "exit_in_call", "broken_json")


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "submissions"
    folder.mkdir()
    for golden in goldens():
        if golden.name in CLASS:
            write(golden, folder)
    return folder


def graded(submissions: Path, course: Path, out: Path, workers: int) -> dict[str, Any]:
    """Everything that was written but for when, by path."""
    arguments = ["grade", submissions, "--assignment", "two_layer_net", "--course", course, "--out", out]
    result = CliRunner().invoke(app, [str(a) for a in (*arguments, "--seed", 7, "--workers", workers)])
    assert result.exit_code == 0, result.output
    reports = {path.parent.name: json.loads(path.read_text()) for path in out.rglob("report.json")}
    for report in reports.values():
        del report["times"]
    return {"reports": reports, "grades": (out / "grades.csv").read_text()}


def test_reports_are_equal_but_for_the_time(submissions: Path, course: Path, tmp_path: Path) -> None:
    first = graded(submissions, course, tmp_path / "first", workers=1)
    assert set(first["reports"]) == set(CLASS)
    assert graded(submissions, course, tmp_path / "again", workers=1) == first
    assert graded(submissions, course, tmp_path / "side by side", workers=2) == first
