"""A report as JUnit XML, which GitLab, Jenkins and most editors show as a list of tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from grader.messages import headline, say, sentence, value_text
from grader.model import QuestionReport, Report
from grader.reporting.exports import Export
from grader.reporting.failures import failures
from grader.reporting.invisible_characters import visible
from grader.reporting.statuses import question_word
from grader.reporting.summary import cases_sentence
from grader.reporting.text import join_names, one_line, points, shorten

if TYPE_CHECKING:
    from junitparser import TestCase

_LONGEST = 4000
"""Characters of each text of a body."""
_FAILURES = 50
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUR_FAULT_OR_NO_ANSWER = frozenset({"error", "timeout", "crashed", "grader_fault"})


def junit_xml(report: Report) -> str:
    """One test a question. What was tried, expected and came is in the body: GitLab shows nothing else."""
    from junitparser import Error, JUnitXml, TestSuite

    suite = TestSuite(_xml(one_line(report.assignment.name)))
    if report.times.started:
        suite.timestamp = report.times.started
    for name, value in (("score", report.score), ("max_score", report.max_score)):
        suite.add_property(name, points(value))
    suite.add_property("submission", _xml(one_line(report.submission.hash)))
    cases = list(_cases(report))
    if report.problem:
        problem = say(report.problem)
        cases.insert(0, _case(report, "submission", Error, problem, shorten(problem, _LONGEST)))
    suite.add_testcases(cases)
    document = JUnitXml()
    document.add_testsuite(suite)
    document.update_statistics()  # type: ignore[no-untyped-call]  # junitparser annotates half of itself
    # After the statistics, which sum up the cases' times; and not where hidden cases ran: code that knows
    # them could sleep for as many milliseconds as it wants to tell.
    if not report.hidden_cases:
        document.time = suite.time = report.times.seconds
    text: str = document.tostring().decode("utf-8")  # type: ignore[no-untyped-call]
    return text


def _cases(report: Report) -> Iterable[TestCase]:
    from junitparser import Error, Failure, Skipped

    seen: dict[str, int] = {}
    for question in report.questions:
        seen[question.name] = seen.get(question.name, 0) + 1
        again = seen[question.name]
        name = question.name if again == 1 else f"{question.name} ({again})"  # GitLab drops doubles
        word, body = question_word(question).word, _body(report, question)
        if question.status == "passed":
            yield _case(report, name)
        elif question.status == "blocked":
            yield _case(report, name, Skipped, f"waiting for {join_names(question.blocked_by)}", body)
        elif question.status == "awaiting_review":
            yield _case(report, name, Skipped, word, body)
        else:
            kind = Error if question.status in _OUR_FAULT_OR_NO_ANSWER else Failure
            message = word if question.status in ("not_attempted", "grader_fault") else headline(question)
            yield _case(report, name, kind, message or word, body, question.status)


def _case(
    report: Report, name: str, kind: Any = None, message: str = "", body: str = "", status: str = ""
) -> TestCase:
    from junitparser import TestCase

    case = TestCase(_xml(one_line(name)), classname=_xml(one_line(report.assignment.name)))
    if kind is not None:
        result = kind(_xml(one_line(message)), status or None)
        result.text = _xml(visible(body))
        case.result = [result]
    return case


def _body(report: Report, question: QuestionReport) -> str:
    lines = [f"{points(question.score)} of {points(question.max_score)} points", headline(question)]
    if question.status == "blocked":
        lines = [headline(question)]
    if question.status == "grader_fault":
        lines = ["This is not your fault, and no points are lost.", headline(question)]
    groups = failures(question) if question.status not in ("blocked", "grader_fault") else []
    if any(question.findings == failure.outcome.findings[:1] for failure in groups):
        lines.pop()
    for failure in groups[:_FAILURES]:
        outcome, evidence = failure.outcome, failure.outcome.evidence
        lines.append(shorten(f"{', '.join(failure.parts)}: {sentence(outcome)}", _LONGEST))
        if evidence is not None:
            expected, actual, snippet = (
                shorten(text, _LONGEST)
                for text in (value_text(evidence.expected), value_text(evidence.actual), evidence.snippet)
            )
            lines.append(f"expected:\n{expected}\nyours:\n{actual}")
            lines.append(f"to try it:\n{snippet}")
        lines.append(failure.others)
    lines.append(cases_sentence(report, question))
    return "\n\n".join(dict.fromkeys(shorten(text, 4 * _LONGEST) for text in lines if text))


def _xml(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold, escaped or not."""
    return _FORBIDDEN.sub("\ufffd", text)


EXPORT = Export("junit", "junit.xml", of_report=junit_xml)
