"""One answer, told in full as plain text of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from grader.messages import headline, say, sentence, value_text
from grader.model import Outcome, QuestionReport, Report
from grader.model.reasons import KnownMistake
from grader.model.statuses import PASSING
from grader.reporting.commands import inert
from grader.reporting.failures import mistake
from grader.reporting.invisible_characters import visible
from grader.reporting.statuses import question_word
from grader.reporting.text import brief, fit, points

_WIDTH = 80
_MAX_LISTED = 40
"""Outcomes that are listed one by one."""
_FINDINGS = 10
_LONGEST_NAME = 1000
_LINES = 200
_LONGEST = 4000
"""Characters of one text."""


def explain_answer(report: Report, question: QuestionReport) -> str:
    """All that a report holds of one question: verdict, mistake, each outcome, the smallest failing case."""
    return "\n".join(_lines(report, question))


def _lines(report: Report, question: QuestionReport) -> Iterator[str]:
    score = f"{points(question.score)} of {points(question.max_score)} points"
    yield f"{question.title} ({question.name}): {question_word(question).word}, {score}"
    yield from _wrap(headline(question), "  ")
    for part in question.parts:
        yield f"  {part.name:20} {points(part.score)}/{points(part.max_score)}"
    yield from _known_mistake(question)
    failing = [o for o in question.outcomes if o.status not in PASSING]
    yield ""
    yield f"{len(question.outcomes)} outcomes, {len(failing)} of them not passed"
    for outcome in failing[:_MAX_LISTED]:
        yield from _outcome(outcome)
    if len(failing) > _MAX_LISTED:
        yield f"  … and {len(failing) - _MAX_LISTED} more"
    yield from _smallest(failing)
    if question.output:
        yield ""
        yield "What loading it printed:"
        yield from (f"  {_safe(line)}" for line in fit(question.output, _LONGEST).splitlines()[:20])
    yield ""
    yield from _wrap(
        f"{report.assignment.name} {report.assignment.version}, grader {report.grader}, sandbox "
        f"{report.sandbox.level}, submission {report.submission.hash[:12]}",
        "",
    )


def _known_mistake(question: QuestionReport) -> Iterator[str]:
    finding = mistake(question)
    if finding is None:
        return
    yield ""
    yield f"Known mistake: {inert(fit(finding.mistake, _LONGEST))}"
    yield from _wrap(say(finding), "  ")
    for text, label in ((finding.equation, "It should be"), (finding.read, "Where to read")):
        if text:
            yield from _wrap(f"{label}: {text}", "  ")


def _outcome(outcome: Outcome) -> Iterator[str]:
    where = "a hidden case" if outcome.hidden else outcome.case or "the public case"
    scored = "" if outcome.scored else ", not scored"
    yield f"  {outcome.check} {outcome.part}, {where}: {outcome.status}{scored}"
    # The mistake itself is told above, once.
    own = [f for f in outcome.findings[:_FINDINGS] if not isinstance(f, KnownMistake)]
    reasons = [say(one, hidden=outcome.hidden) for one in own] if outcome.findings else [sentence(outcome)]
    for message in dict.fromkeys(reasons):
        yield from _wrap(message, "    ")
    numbers = [
        f"{name} {value:.3g}"
        for name, value in outcome.measurements.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if numbers:
        yield from _wrap(", ".join(numbers), "    ")


def _smallest(failing: list[Outcome]) -> Iterator[str]:
    outcomes = [o for o in failing if o.evidence is not None and o.scored]
    if not outcomes:
        return
    outcome = min(outcomes, key=lambda o: o.rung)
    assert outcome.evidence is not None
    yield ""
    yield f"The smallest case that fails: {outcome.part}, {outcome.case or 'the only one'}"
    for label, text in (
        ("tried", outcome.evidence.snippet),
        ("expected", value_text(outcome.evidence.expected)),
        ("came", value_text(outcome.evidence.actual)),
    ):
        yield f"  {label}:"
        yield from (f"    {_safe(line)}" for line in fit(text, _LONGEST).splitlines()[:_LINES])


def _wrap(text: str, indent: str) -> list[str]:
    shown = inert(fit(text, _LONGEST))
    return textwrap.wrap(shown, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _names(names: tuple[str, ...]) -> str:
    more = [f"{len(names) - _MAX_LISTED} more"] if len(names) > _MAX_LISTED else []
    return ", ".join([*(brief(name, _LONGEST_NAME) for name in names[:_MAX_LISTED]), *more])


def _safe(text: str) -> str:
    """A student's words: nothing in them is obeyed, by a terminal or by a CI."""
    return inert(visible(text))
