"""Reports as a CSV file that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.messages import say
from grader.model import Report
from grader.reporting.exports import Export
from grader.reporting.text import brief, one_line, percent, points

_LONGEST_REASON = 600
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def grades_csv(reports: Sequence[Report]) -> str:
    """One row a submission: score, and score and status of each question. Every field is quoted.

    What could not be judged has no numbers, which a sum would take for points, but the reason, in a last
    column.
    """
    names = list(dict.fromkeys(q.name for report in reports for q in report.questions))
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    columns = [text for name in names for text in (name, f"{name}.status")]
    last = ["problem"] if any(report.problem is not None for report in reports) else []
    head = ("id", "score", "max_score", "percent", "provisional", *columns, *last)
    writer.writerow([escape_formula(c) for c in head])
    for report in reports:
        if report.problem is not None:
            row = [report.submission.id, *_unjudged(report, len(columns))]
        else:
            row = [report.submission.id, *_judged(report, names), *("" for _ in last)]
        writer.writerow([escape_formula(cell) for cell in row])
    return out.getvalue()


def _judged(report: Report, names: Sequence[str]) -> list[str]:
    by_name = {q.name: q for q in report.questions}
    cells = [points(report.score), points(report.max_score)]
    cells += [f"{percent(report.score, report.max_score):.1f}", "yes" if report.provisional else "no"]
    for name in names:
        question = by_name.get(name)
        cells += [points(question.score), question.status] if question is not None else ["", ""]
    return cells


def _unjudged(report: Report, columns: int) -> list[str]:
    assert report.problem is not None
    reason = brief(say(report.problem), _LONGEST_REASON)
    return ["", points(report.max_score), "", "", *[""] * columns, reason]


def escape_formula(cell: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: an apostrophe before what could be one."""
    dangerous = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{one_line(cell)}" if dangerous else one_line(cell)


EXPORT = Export("spreadsheet", "grades.csv", of_class=grades_csv)
