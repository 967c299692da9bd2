"""All reports of a class as one page: who stands where, what is hard, which mistakes are common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from grader.messages import headline, say, sentence
from grader.model import Finding, QuestionReport, Report
from grader.model.findings import values_of
from grader.model.reasons import (
    AnotherAssignment,
    DoubledName,
    EarlierUploads,
    HandedInLate,
    KnownMistake,
    LeftOut,
    MoreNotes,
    OtherNotebooks,
    Unreadable,
)
from grader.model.statuses import QUESTION_STATUSES, WRONG
from grader.reporting.failures import failures
from grader.reporting.pages.doubles import find_doubles
from grader.reporting.pages.page import page
from grader.reporting.statuses import Word, question_word, words_of_statuses
from grader.reporting.text import brief, median, percent

_BINS = 10
_REASONS = 12
_NOT_GRADED = 50
LONGEST_MESSAGE = 600
"""Characters of a message; ``entries`` keeps no more of one."""
_LONGEST_FIELD = 200
_FILE_NOTES = 200
_EXPECTED = ("other kind", "environment", "set aside")
_ON_FILES = (LeftOut, Unreadable, OtherNotebooks, EarlierUploads, DoubledName, HandedInLate, MoreNotes)


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How a class did on one question."""

    name: str
    title: str
    share: float
    """Mean share of the points, in per cent."""
    counts: tuple[tuple[Word, str, int], ...]
    """Word, status and number of students, most frequent first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of mistake in one question, and the students who made it."""

    question: str
    message: str
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileNote:
    """Something of a submission that was not read, or that was read in another's place."""

    student: str
    message: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The students with a score from ``low`` to ``high`` per cent."""

    low: int
    high: int
    count: int
    height: float


def class_page(reports: Sequence[Report], *, run: Mapping[str, Any]) -> str:
    """The instructor's page, from reports or from what ``class_entry`` keeps of them.

    ``run`` says when it ``started``, how many ``seconds`` it took, and lists ``skipped_entries``: pairs of a
    name and the reason why it was not graded.
    """
    ordered = sorted(reports, key=lambda report: report.submission.id)
    read = [report for report in ordered if not report.problem]
    percents = [percent(report.score, report.max_score) for report in read]
    titles = _titles(ordered)
    file_notes = _file_notes(ordered)
    skipped_entries = list(run.get("skipped_entries", ()))
    return page(
        "class.html",
        assignment=ordered[0].assignment if ordered else None,
        rows=[_row(report, titles) for report in ordered],
        columns=titles,
        mean=sum(percents) / len(percents) if percents else 0.0,
        median=median(percents),
        unread=[report for report in ordered if report.problem],
        not_graded=_not_graded(skipped_entries),
        not_listed=max(0, len(skipped_entries) - _NOT_GRADED),
        bars=_bars(percents),
        difficulties=[_difficulty(name, title, read) for name, title in titles.items()],
        file_notes=file_notes[:_FILE_NOTES],
        more_file_notes=max(0, len(file_notes) - _FILE_NOTES),
        doubles=[brief(say(double), LONGEST_MESSAGE) for double in find_doubles(ordered)[:_NOT_GRADED]],
        reasons=_reasons(read),
        words=words_of_statuses(),
        used=[s for s in QUESTION_STATUSES if any(q.status == s for r in read for q in r.questions)],
        started=str(run.get("started", "")),
        seconds=run.get("seconds"),
    )


def notes_on_files(report: Report) -> tuple[Finding, ...]:
    """The notes on what of a submission was not read, and on what was read in another's place."""
    return tuple(note for note in report.notes if isinstance(note, _ON_FILES) and note != report.problem)


def _file_notes(reports: Sequence[Report]) -> list[FileNote]:
    """What nobody expects to be read comes last: a picture, say."""
    told = [(report.submission.id, note) for report in reports for note in notes_on_files(report)]
    told.sort(key=lambda entry: isinstance(entry[1], LeftOut) and entry[1].reason in _EXPECTED)
    return [FileNote(student, brief(say(note), LONGEST_MESSAGE)) for student, note in told]


def _titles(reports: Sequence[Report]) -> dict[str, str]:
    """Question names, in the assignment's order, with their titles."""
    return {q.name: q.title or q.name for report in reports for q in report.questions}


def _row(report: Report, titles: Mapping[str, str]) -> dict[str, Any]:
    by_name = {q.name: q for q in report.questions}
    return {
        "report": report,
        "href": f"students/{quote(report.submission.id, safe='', errors='replace')}/feedback.html",
        "problem": brief(say(report.problem), LONGEST_MESSAGE) if report.problem is not None else "",
        "readable": isinstance(report.problem, AnotherAssignment),
        "percent": percent(report.score, report.max_score),
        "questions": [by_name.get(name) for name in titles],
    }


def _not_graded(skipped_entries: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first names, with their reasons."""
    return [
        (brief(str(name), LONGEST_MESSAGE), brief(str(reason), LONGEST_MESSAGE))
        for name, reason in list(skipped_entries)[:_NOT_GRADED]
    ]


def _bars(percents: Sequence[float]) -> list[Bar]:
    counts = Counter(min(_BINS - 1, max(0, int(value * _BINS / 100))) for value in percents)
    top = max(counts.values(), default=1)
    step = 100 // _BINS
    return [Bar(i * step, (i + 1) * step, counts[i], round(counts[i] / top, 3)) for i in range(_BINS)]


def _difficulty(name: str, title: str, reports: Sequence[Report]) -> Difficulty:
    questions = [q for report in reports for q in report.questions if q.name == name]
    share = sum(percent(q.score, q.max_score) for q in questions) / len(questions) if questions else 0.0
    words = words_of_statuses()
    counts = Counter(str(q.status) for q in questions).most_common()
    return Difficulty(name, title, share, tuple((words[s], s, n) for s, n in counts))


def _reasons(reports: Sequence[Report]) -> list[Reason]:
    """Students by question and mistake, the most frequent first."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    messages: dict[tuple[Any, ...], str] = {}
    for report in reports:
        for question in report.questions:
            if question.status not in WRONG:
                continue
            key, message = _kind(question)
            groups.setdefault(key, []).append(report.submission.id)
            messages.setdefault(key, message)
    ranked = sorted(groups, key=lambda key: -len(groups[key]))[:_REASONS]
    return [Reason(key[0], messages[key], tuple(groups[key])) for key in ranked]


def _kind(question: QuestionReport) -> tuple[tuple[Any, ...], str]:
    """The kind of the first mistake in an answer. Places and numbers are left out: they differ by student."""
    groups = failures(question)
    if not groups:
        message = headline(question) or question_word(question).word
        return (question.name, question.status), brief(message, LONGEST_MESSAGE)
    outcome = groups[0].outcome
    message = brief(sentence(outcome), LONGEST_MESSAGE)
    if not outcome.findings:
        return (question.name, outcome.status, groups[0].parts), message
    first = outcome.findings[0]
    if isinstance(first, KnownMistake):
        return (question.name, "mistake", first.mistake), message
    return (question.name, first.kind, groups[0].parts, *_distinguishing(first)), message


def _distinguishing(finding: Finding) -> list[str]:
    """The values that tell one mistake of a kind from another, as text."""
    values = values_of(finding)
    return [brief(str(values[name]), _LONGEST_FIELD) for name in finding.distinguishing if name in values]
