"""Submissions of a class that may be one: by what they hold, or by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grader.model import Finding, Report
from grader.model.reasons import OneStudent, SameAnswers

_MAX_LISTED = 10
_MARK = re.compile(
    r"\s*\(\d+\)|[-_ ]*copy[-_ ]?\d*|\.(?:ipynb|py|zip|tar|tar\.gz|tgz)"
    r"|[-_ ]+(?:final|new|late|re-?submi(?:t|ssion)|v\d+)",
    re.I,
)


def find_doubles(reports: Sequence[Report]) -> list[Finding]:
    """Those that hold the same answers, and those whose ids are one student's with a mark behind it."""
    read = [report for report in reports if report.problem is None]
    answered = [
        report
        for report in read
        if report.submission.content and any(q.status != "not_attempted" for q in report.questions)
    ]
    same = _together((report.submission.content, report.submission.id) for report in answered)
    named = _together((_plain(report.submission.id), report.submission.id) for report in reports)
    return [
        *(SameAnswers(", ".join(ids[:_MAX_LISTED])) for ids in same),
        *(OneStudent(", ".join(ids[:_MAX_LISTED])) for ids in named if ids not in same),
    ]


def _together(entries: Iterable[tuple[str, str]]) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for key, identity in entries:
        groups.setdefault(key, []).append(identity)
    return [ids for ids in groups.values() if len(ids) > 1]


def _plain(identity: str) -> str:
    """An id without what copies and endings add to it."""
    name, before = identity.casefold().strip(), ""
    while name != before:
        before = name
        match = re.fullmatch(rf"(.+?)(?:{_MARK.pattern})", name, re.I | re.S)
        name = match[1] if match else name
    return name
