"""The output folder of ``grader grade``: what is written where. Files of ours and of students never collide.

``index.html``, ``grades.csv``, ``run.json`` and a mark are the grader's; each submission has a folder of its
own below ``students/``, named by its id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.cli.files import write

if TYPE_CHECKING:
    from grader.model import Report
    from grader.reporting.exports import Export

STUDENTS = "students"
REPORT, PAGE, DIGEST = "report.json", "feedback.html", "report.sha256"


def begin(out: Path) -> None:
    """Make the folder, and leave in it what tells it from a submission."""
    from grader.intake import OUTPUT_MARK

    write(out / OUTPUT_MARK, "This folder was written by `grader grade`. It is never graded.\n")


def folder_of(out: Path, identity: str) -> Path:
    """The folder of one submission."""
    return out / STUDENTS / identity


def write_files(out: Path, identity: str, report: bytes, page: bytes) -> None:
    """Write a report and its page; last of all what says that this is the report that was written."""
    folder = folder_of(out, identity)
    digest = folder / DIGEST
    digest.unlink(missing_ok=True)
    write(folder / REPORT, report)
    write(folder / PAGE, page)
    write(digest, _digest(identity, report) + "\n")


def write_report(out: Path, report: Report) -> None:
    """Write a report that was made on this side."""
    from grader import reporting
    from grader.model import to_json

    page = reporting.student_page(report).encode("utf-8", "replace")
    write_files(out, report.submission.id, to_json(report), page)


def read_report(out: Path, identity: str) -> Report | None:
    """The report that an earlier run wrote; None where there is none, or another one is in its place."""
    from grader.model import from_json

    folder = folder_of(out, identity)
    try:
        data = (folder / REPORT).read_bytes()
        if (folder / DIGEST).read_text().strip() != _digest(identity, data):
            return None
        report: Report = from_json(data)
    except (OSError, ValueError):
        return None
    return report


def write_class(out: Path, entries: Sequence[Report], run: dict[str, Any]) -> None:
    """Write the table of grades and the class page."""
    from grader import reporting

    write(out / "grades.csv", reporting.grades_csv(entries))
    write(out / "index.html", reporting.class_page(entries, run=run))


def write_exports(out: Path, export: Export, identities: Sequence[str]) -> None:
    """Write what an export makes of each report, beside it."""
    if export.of_report is None:
        return
    for identity in identities:
        report = read_report(out, identity)
        if report is not None:
            write(folder_of(out, identity) / export.file, export.of_report(report))


def _digest(identity: str, report: bytes) -> str:
    return hashlib.sha256(f"{len(identity)}:{identity}:".encode("utf-8", "replace") + report).hexdigest()
