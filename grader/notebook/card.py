"""The verdict as a card: ``text/html`` that survives an untrusted notebook, with a ``text/plain`` twin.

JupyterLab strips style, svg and script elements, ids and CSS variables from the outputs of an untrusted
notebook. Details, tables and plain inline colours stay; the card is built from these, and says in words what
it shows in colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from grader.model import Outcome, QuestionReport

_WORDS = {
    "passed": ("✓", "passed", "#1a7f37"),
    "partial": ("◐", "partly right", "#9a6700"),
    "failed": ("✗", "not right yet", "#cf222e"),
    "not_attempted": ("○", "not attempted", "#6e7781"),
    "blocked": ("…", "waiting", "#6e7781"),
    "error": ("✗", "raises an error", "#cf222e"),
    "timeout": ("✗", "does not come back", "#cf222e"),
    "crashed": ("✗", "ends the process", "#cf222e"),
    "awaiting_review": ("○", "judged later", "#6e7781"),
    "grader_fault": ("!", "the grader failed: not your fault", "#8250df"),
}


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
            f"<td {left}>{_with_code(r.message)}</td></tr>"
            for r in self.reports
        )
        return f"<table><caption>Public cases of every question</caption>{rows}</table>"


def first_failure(report: QuestionReport) -> Outcome | None:
    """The outcome to show: of the smallest case that fails."""
    bad = [o for o in report.outcomes if o.scored and o.status not in ("passed", "kink")]
    return min(bad, key=lambda o: (o.evidence is None, o.rung), default=None)


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
    sign, word, _ = _WORDS[report.status]
    return f"{sign} {report.name}: {word}"


def _lines(report: QuestionReport) -> list[str]:
    lines = [_headline(report)]
    if report.message:
        lines.append(report.message)
    failure = first_failure(report)
    if failure is not None and failure.evidence is not None:
        evidence = failure.evidence
        lines += ["", f"Tried ({failure.case}):" if failure.case else "Tried:", *_indented(evidence.snippet)]
        if evidence.place is not None:
            lines += [f"At {evidence.place.cell}, line {evidence.place.line}: {evidence.place.text}"]
        lines += ["Expected:", *_indented(evidence.expected), "Yours:", *_indented(evidence.actual), ""]
    if report.public.total:
        lines.append(counts(report))
    return lines


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]


def _badge(report: QuestionReport) -> str:
    sign, word, colour = _WORDS[report.status]
    return f"<b style='color:{colour}'>{sign} {word}</b>"


def _html_card(report: QuestionReport) -> str:
    _, _, colour = _WORDS[report.status]
    parts = [
        f"<div style='border-left:4px solid {colour};padding:2px 12px;margin:4px 0'>",
        f"<p style='margin:4px 0'>{_badge(report)} &nbsp; <code>{escape(report.name)}</code></p>",
    ]
    if report.message:
        parts.append(f"<p style='margin:4px 0'>{_with_code(report.message)}</p>")
    failure = first_failure(report)
    if failure is not None and failure.evidence is not None:
        parts.append(_html_evidence(failure))
    if report.public.total:
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
        for name, text in (("expected", evidence.expected), ("yours", evidence.actual))
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
