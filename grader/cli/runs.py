"""``run.json``: what a run of ``grader grade`` was made with, so that it can be taken up again.

Written when a run begins and once more when it ends. It holds the hidden seed: it is the instructor's, and in
no student's report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grader
from grader.cli import outputs
from grader.cli.common import usage
from grader.cli.files import write

if TYPE_CHECKING:
    from grader.course import PublicAssignment
    from grader.model import Asked, Report

RECORD = "run.json"
_LARGEST = 1 << 20
"""Bytes of a record: one of ours has some hundred, and the names of what was not graded."""


@dataclass(frozen=True, slots=True)
class Run:
    """What decides every report of a run, beside the submission itself."""

    assignment: str
    version: str
    course: str
    """SHA-256 of the rubric's and the reference's own files."""
    hidden_seed: int
    level: str
    grader: str = grader.__version__


def run_of(course: Path, assignment: PublicAssignment, seed: int, level: str) -> Run:
    """What a run would be made with now."""
    return Run(assignment.name, assignment.version, _digest(course, assignment.name), seed, level)


def record(out: Path, run: Run, **facts: Any) -> None:
    """Write ``run.json``: what the run is made with, and what is known of it so far."""
    write(out / RECORD, json.dumps({**facts, **asdict(run)}, indent=1) + "\n")


def finished_reports(
    out: Path, run: Run, jobs: Sequence[tuple[Path, str]], asked: Asked | Collection[str]
) -> dict[str, Report]:
    """What the class page needs of the reports of an earlier run that hold still.

    Those were made of the same files in the same way, and met no fault of the grader's. Ends the command
    where there was no run, or one that was made otherwise.
    """
    from grader import reporting
    from grader.intake import read_submission

    before = _read_record(out / RECORD)
    if before is None:
        usage(f"{out} holds no run to take up: there is no {RECORD} in it. Leave out --resume.")
    changed = [name for name, value in asdict(run).items() if before.get(name) != value]
    if changed:
        differences = ", ".join(name.replace("_", " ") for name in changed)
        usage(f"the run in {out} was made with another {differences}; leave out --resume to grade all anew.")
    reports: dict[str, Report] = {}
    for path, identity in jobs:
        report = outputs.read_report(out, identity)
        if report is None or any(q.status == "grader_fault" for q in report.questions):
            continue
        if report.submission.hash == read_submission(path, asked, identity).hash:
            reports[identity] = reporting.class_entry(report)
    return reports


def _digest(course: Path, assignment: str) -> str:
    digest = hashlib.sha256()
    files = [*(course / "assignments" / assignment).rglob("*.py"), *(course / "reference").rglob("*.py")]
    for path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(course).as_posix()}:{len(data)}:".encode() + data)
    return digest.hexdigest()


def _read_record(path: Path) -> dict[str, Any] | None:
    """The record of an earlier run; None where there is none. Ends the command where it cannot be read."""
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
        record = json.loads(data) if len(data) <= _LARGEST else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        usage(f"{path} is no record of a run: it is damaged, or another program's; leave out --resume.")
    return record
