"""A report as GitHub-flavoured Markdown for ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

import html
import re

from grader.messages import headline, say, sentence
from grader.model import QuestionReport, Report
from grader.model.statuses import QUESTION_STATUSES, WRONG
from grader.reporting.exports import Export
from grader.reporting.failures import failures
from grader.reporting.invisible_characters import visible
from grader.reporting.statuses import question_word
from grader.reporting.summary import all_cases_sentence, summary_sentence
from grader.reporting.text import brief, code_spans, join_names, points

LIMIT = 1024 * 1024
"""GitHub refuses a summary of more bytes than this."""
_LONGEST_MESSAGE = 600
_NOTES = 50
_SPECIAL = re.compile(r"[\\`*_\[\]|~@$]|:(?=\S)|(?<=www)\.|^[-+#>=!]|^\d+(?=[.)])|#(?=\d)")


def step_summary(report: Report) -> str:
    """The score and a table of the questions, each with what failed first."""
    score = f"**{points(report.score)} of {points(report.max_score)} points**"
    lines = [f"## {_plain(brief(report.assignment.title or report.assignment.name, _LONGEST_MESSAGE))}", ""]
    lines += [
        f"{score}{' (provisional)' if report.provisional else ''} · {_message(summary_sentence(report))}",
        "",
    ]
    if report.problem:
        lines += [f"What came in the way: {_message(say(report.problem))}", ""]
    lines += ["| | Question | Points | |", "|---|---|---:|---|"]
    lines += [_row(question) for question in report.questions]
    cases = all_cases_sentence(report)
    lines += ["", _message(cases)] if cases else []
    lines += ["", *(f"- {_message(say(note))}" for note in report.notes[:_NOTES])] if report.notes else []
    lines += [f"- … and {len(report.notes) - _NOTES} more"] if len(report.notes) > _NOTES else []
    return _within_limit(lines)


def _row(question: QuestionReport) -> str:
    word = question_word(question)
    got = points(question.score) if QUESTION_STATUSES[question.status].shows_points else "–"
    text = _message(_reason(question))
    return (
        f"| {word.sign} | {_name(question.name)} | {got}/{points(question.max_score)} | {word.word}{text} |"
    )


def _name(name: str) -> str:
    """A question's name, readable in the source too: it is the rubric's own, if it is a name at all."""
    return f"`{name}`" if re.fullmatch(r"[\w.]+", name, re.ASCII) else _code(brief(name, _LONGEST_MESSAGE))


def _reason(question: QuestionReport) -> str:
    if question.status == "blocked":
        return f" for {join_names(question.blocked_by)}" if question.blocked_by else ""
    groups = failures(question) if question.status in WRONG else []
    message = sentence(groups[0].outcome) if groups else headline(question)
    return f": {message}" if message and question.status not in ("passed", "not_attempted") else ""


def _message(text: str) -> str:
    """A message in one line of Markdown, its `backticks` as code, everything else as plain text."""
    flat = " ".join(visible(brief(text, _LONGEST_MESSAGE)).split())
    lead = " " if text[:1] == " " else ""
    return lead + "".join(_code(piece) if code else _plain(piece) for piece, code in code_spans(flat))


def _code(text: str) -> str:
    return f"<code>{_plain(text)}</code>"


def _plain(text: str) -> str:
    """Text that Markdown leaves alone: HTML as entities, and each character with a meaning as one too.

    Entities rather than backslashes: they hold inside ``<code>``, and keep addresses and @names from linking.
    """
    spaced = re.sub(r"\s", " ", visible(text))
    spelled = _SPECIAL.sub(lambda m: "".join(f"\x00{ord(c)};" for c in m[0]), spaced)
    return html.escape(spelled, quote=False).replace("\x00", "&#")


def _within_limit(lines: list[str]) -> str:
    rows, size = [], 0
    for line in lines:
        size += len(line.encode("utf-8", "replace")) + 1
        if size > LIMIT - 100:
            rows.append("\n… the rest did not fit.")
            break
        rows.append(line)
    return "\n".join(rows) + "\n"


EXPORT = Export("github", "summary.md", of_report=step_summary)
