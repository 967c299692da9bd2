"""The worker of ``grader grade``: judges a submission, and makes its page and its row of the class page."""

from __future__ import annotations

from typing import Any

from grader.grading.class_worker import work_for
from grader.grading.executors import Work
from grader.model import Report, to_json


def prepare(job: dict[str, Any]) -> Work:
    """What a worker does that hands over three files' worth: report, page, entry for the class page."""
    return work_for(job, output_files)


def output_files(report: Report) -> tuple[bytes, ...]:
    """(report as JSON, page as HTML, entry as JSON), ready to be written."""
    from grader import reporting

    page = reporting.student_page(report).encode("utf-8", "replace")
    return to_json(report), page, to_json(reporting.class_entry(report))
