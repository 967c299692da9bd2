"""What must hold of every result, whatever was handed in: a sentence for each that does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.intake.platforms import by_student
from grader.messages import headline, say, sentence
from grader.model import Report, from_json
from grader.model.reasons import CrashConfirmed, ForStaff
from tests.fuzz.fragments import TAG
from tests.fuzz.worker import COST

OWN_SECONDS = 5.0
"""Processor time that a submission may take of the grader's own."""
MAX_PAGE = 4_000_000
MAX_MEMORY = 500 << 10
"""KiB that a worker may have in memory."""


def wrong(identity: str, parts: tuple[bytes, ...] | None) -> list[str]:
    """What is wrong with one submission's result."""
    if parts is None:
        return ["its worker died or stalled"]
    report, page, entry, cost = parts
    seconds, memory = COST.unpack(cost)
    problems = [*_of_report(identity, report), *of_page(page)]
    try:
        row: Report = from_json(entry)
        if row.submission.id != identity:
            problems.append(f"its row is of {row.submission.id!r}")
    except ValueError as error:
        problems.append(f"its row does not parse: {error}")
    if not seconds <= OWN_SECONDS:
        problems.append(f"it took {seconds:.1f} s of the grader's own time")
    if memory > MAX_MEMORY:
        problems.append(f"its worker has had {memory >> 10} MB in memory")
    return problems


def verdict(parts: tuple[bytes, ...]) -> list[tuple[str, str, float]]:
    """(question, status, score) of each question: what must never change for a right submission."""
    report: Report = from_json(parts[0])
    return [(question.name, question.status, question.score) for question in report.questions]


def lost_rows(names: Iterable[bytes], found: Sequence[Path]) -> list[bytes]:
    """Names at the top of a class's folder that are answers, and that no submission is made of."""
    there = {os.fsencode(path.name) for path in found}
    names = list(names)
    groups = by_student(map(os.fsdecode, names))  # a platform's several files of one student are one row
    there |= {
        os.fsencode(file)
        for student, files in groups.items()
        if os.fsencode(student) in there
        for file in files
    }
    return [name for name in names if _must_count(name) and name not in there]


def _must_count(name: bytes) -> bool:
    hidden = name.startswith((b".", b"__", b"~$"))
    return not hidden and name.endswith((b".ipynb", b".py", b".zip", b".tar", b".tar.gz", b".tgz"))


def _of_report(identity: str, data: bytes) -> list[str]:
    try:
        report: Report = from_json(data)
    except ValueError as error:
        return [f"its report does not parse: {error}"]
    problems = [say(note) for note in report.notes if isinstance(note, ForStaff | CrashConfirmed)]
    if report.submission.id != identity:
        problems.append(f"its report is of {report.submission.id!r}")
    for question in report.questions:
        faults = [sentence(o) for o in question.outcomes if o.status == "grader_fault"]
        if question.status == "grader_fault" or faults:
            problems.append(f"{question.name}: grader_fault: {headline(question)} {faults[:1]}")
        if not 0 <= question.score <= question.max_score:
            problems.append(f"{question.name}: {question.score} of {question.max_score}")
    if not 0 <= report.score <= report.max_score:
        problems.append(f"{report.score} of {report.max_score}")
    return problems


def of_page(page: bytes) -> list[str]:
    """What is wrong with a page, a submission's or the class's."""
    problems = []
    if len(page) > MAX_PAGE:
        problems.append(f"its page has {len(page)} bytes")
    if TAG.encode() in page or b"<script>alert" in page:
        problems.append("an element of its own stands in its page")
    if not page.rstrip().endswith(b"</html>"):
        problems.append("its page is cut off")
    try:
        page.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(f"its page is not UTF-8: {error}")
    return problems
