"""The report itself as JSON: everything that there is; see docs/report-schema.md."""

from __future__ import annotations

from grader.model import Report, to_json
from grader.reporting.exports import Export


def json_report(report: Report) -> str:
    """A report as JSON."""
    return to_json(report).decode("utf-8")


EXPORT = Export("json_report", "report.json", of_report=json_report)
