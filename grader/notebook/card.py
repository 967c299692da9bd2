"""The verdict as a card: ``text/html`` that survives an untrusted notebook, with a ``text/plain`` twin.

JupyterLab strips style, svg and script elements, ids and CSS variables from the outputs of an untrusted
notebook. Details, tables and plain inline colours stay; the card is built from these, and says in words what
it shows in colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from grader.messages import headline, say, status_word, value_text
from grader.model import Outcome, QuestionReport
from grader.model.reasons import LibraryNotThere
from grader.model.statuses import QUESTION_STATUSES
from grader.model.verdicts import first_failure


@dataclass(frozen=True)
class Card:
    """What ``check`` shows: one report, or a list of them."""

    reports: tuple[QuestionReport, ...]
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything that can be judged here is right."""
        return not self.problem and all(r.status in ("passed", "awaiting_review") for r in self.reports)

    def __repr__(self) -> str:
        if self.problem:
            return f"check: {self.problem}"
        if len(self.reports) == 1:
            return "\n".join(_lines(self.reports[0]))
        return "\n".join(_headline(report) for report in self.reports)

    def _repr_html_(self) -> str:
        if self.problem:
            return f"<p>{escape(self.problem)}</p>"
        if len(self.reports) == 1:
            return _html_card(self.reports[0])
        left = "style='text-align:left'"
        rows = "".join(
            f"<tr><td {left}>{_badge(r)}</td><td {left}>{escape(r.name)}</td>"
            f"<td {left}>{_with_code(headline(r))}</td></tr>"
            for r in self.reports
        )
        return f"<table><caption>Public cases of every question</caption>{rows}</table>"


def counts(report: QuestionReport) -> str:
    """The line on every card: N public cases passed; M hidden ones run at grading."""
    hidden, passed, total = report.hidden.total, report.public.passed, report.public.total
    later = (
        f"{hidden} hidden {'one runs' if hidden == 1 else 'ones run'} at grading"
        if hidden
        else "none is hidden"
    )
    of = "" if passed == total else f" of {total}"
    return f"{passed}{of} public {'case' if total == 1 else 'cases'} passed; {later}."


def _headline(report: QuestionReport) -> str:
    return f"{QUESTION_STATUSES[report.status].sign} {report.name}: {status_word(report)}"


def _lines(report: QuestionReport) -> list[str]:
    lines = [_headline(report)]
    if message := headline(report):
        lines.append(message)
    failure = first_failure(report.outcomes)
    if failure is not None and failure.evidence is not None:
        evidence = failure.evidence
        lines += ["", f"Tried ({failure.case}):" if failure.case else "Tried:", *_indent(evidence.snippet)]
        if evidence.place is not None:
            lines += [f"At {evidence.place.cell}, line {evidence.place.line}: {evidence.place.text}"]
        lines += ["Expected:", *_indent(value_text(evidence.expected))]
        lines += ["Yours:", *_indent(value_text(evidence.actual)), ""]
    lines += _beforehand(report)
    if report.public.ran:
        lines.append(counts(report))
    return lines


def _beforehand(report: QuestionReport) -> list[str]:
    """What grading will say of libraries that are here and not there."""
    found = [f for o in report.outcomes for f in o.findings if isinstance(f, LibraryNotThere)]
    return list(dict.fromkeys(map(say, found)))


def _indent(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]


def _badge(report: QuestionReport) -> str:
    status = QUESTION_STATUSES[report.status]
    return f"<b style='color:{status.colour}'>{status.sign} {escape(status_word(report))}</b>"


def _html_card(report: QuestionReport) -> str:
    colour = QUESTION_STATUSES[report.status].colour
    parts = [
        f"<div style='border-left:4px solid {colour};padding:2px 12px;margin:4px 0'>",
        f"<p style='margin:4px 0'>{_badge(report)} &nbsp; <code>{escape(report.name)}</code></p>",
    ]
    if message := headline(report):
        parts.append(f"<p style='margin:4px 0'>{_with_code(message)}</p>")
    failure = first_failure(report.outcomes)
    if failure is not None and failure.evidence is not None:
        parts.append(_html_evidence(failure))
    parts += [f"<p style='margin:4px 0'>{_with_code(message)}</p>" for message in _beforehand(report)]
    if report.public.ran:
        parts.append(f"<p style='margin:4px 0;opacity:0.75'>{escape(counts(report))}</p>")
    return "".join([*parts, "</div>"])


def _html_evidence(outcome: Outcome) -> str:
    evidence = outcome.evidence
    assert evidence is not None
    place = ""
    if evidence.place is not None:
        where = f"{evidence.place.cell}, line {evidence.place.line}"
        place = f"<p style='margin:4px 0'>At {escape(where)}: <code>{escape(evidence.place.text)}</code></p>"
    cell = "text-align:left;vertical-align:top"
    rows = "".join(
        f"<tr><th style='{cell}' scope='row'>{name}</th>"
        f"<td style='{cell}'><pre>{escape(text)}</pre></td></tr>"
        for name, text in (
            ("expected", value_text(evidence.expected)),
            ("yours", value_text(evidence.actual)),
        )
    )
    return (
        f"{place}<table><caption style='text-align:left'>The smallest case that fails: "
        f"{escape(outcome.case)}</caption>{rows}</table>"
        f"<details><summary>Code to try it yourself</summary><pre>{escape(evidence.snippet)}</pre></details>"
    )


def _with_code(message: str) -> str:
    """Escaped text with `backticks` as code."""
    pieces = escape(message).split("`")
    if len(pieces) % 2 == 0:
        return escape(message)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(pieces))
