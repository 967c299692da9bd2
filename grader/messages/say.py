"""``say(finding, language)``: the sentence of a finding."""

from __future__ import annotations

from grader.messages import file_forms as file_forms  # they declare their forms
from grader.messages import gradient_forms as gradient_forms
from grader.messages.catalogue import ENGLISH
from grader.messages.forms import FORMS
from grader.messages.words import Words
from grader.model import Finding, Outcome, QuestionReport
from grader.model.findings import values_of


def say(finding: Finding, language: str = ENGLISH, *, hidden: bool = False) -> str:
    """The sentence of a finding; of one in a hidden case, what its kind declares to be told."""
    words, fields = Words(language), {**values_of(finding), "kind": finding.kind}
    if hidden:
        return _in_a_hidden_case(finding, fields, words)
    form = FORMS.get(finding.kind)
    said = form(words, fields) if form is not None else words.text(finding.kind, **fields)
    return said or _of_a_course(finding, fields) or words.text("unknown", kind=finding.kind)


def sentence(outcome: Outcome, language: str = ENGLISH) -> str:
    """The first reason of an outcome; of one without any, what its status says. Empty where it passed."""
    if outcome.findings:
        return say(outcome.findings[0], language, hidden=outcome.hidden)
    words = Words(language)
    part = outcome.part or words.text("the answer")
    if not outcome.hidden:
        return words.text(f"outcome.{outcome.status}", part=part)
    said = words.text(f"outcome.{outcome.status}.hidden", part=part)
    return words.text("hidden", sentence=said) if said else ""


def headline(question: QuestionReport, language: str = ENGLISH) -> str:
    """What is said of an answer as a whole. Empty where nothing is to be said."""
    hidden = question.in_hidden_case
    return " ".join(
        filter(None, (say(f, language, hidden=hidden and f.when_hidden) for f in question.findings))
    )


def status_word(question: QuestionReport, language: str = ENGLISH) -> str:
    """A question's status in a few words; only written answers wait for a reader."""
    later = question.status == "awaiting_review" and question.kind != "written"
    return Words(language).text("status.later" if later else f"status.{question.status}")


def check_words(check: str, language: str = ENGLISH) -> str:
    """What a kind of check looks at, in a student's words."""
    return Words(language).text(f"check.{check}") or check.replace("_", " ")


def _in_a_hidden_case(finding: Finding, fields: dict[str, object], words: Words) -> str:
    if finding.kind == "mistake":  # its words are the catalogue's
        return say(finding, words.language)
    part = str(fields.get("part") or words.text("the answer"))
    form = FORMS.get(f"{finding.kind}.hidden")
    told = {**fields, "part": part}
    said = form(words, told) if form is not None else words.text(f"{finding.kind}.hidden", **told)
    return words.text("hidden", sentence=said or words.text("wrong.hidden", part=part))


def _of_a_course(finding: Finding, fields: dict[str, object]) -> str:
    """The sentence that a course's own kind brings with it."""
    return finding.says.format_map(fields)
