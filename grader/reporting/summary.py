"""A report summarised in sentences, for every format."""

from __future__ import annotations

from collections.abc import Callable

from grader.model import QuestionReport, Report
from grader.model.reasons import AnotherAssignment
from grader.model.statuses import WRONG
from grader.reporting.text import count_of


def summary_sentence(report: Report) -> str:
    """One sentence: how many questions are right, and what to look at next."""
    if isinstance(report.problem, AnotherAssignment):
        return "Nothing was judged, because this answers another assignment."
    if report.problem:
        return "Nothing could be judged, because the submission could not be read."
    total, count = len(report.questions), _counter(report)
    to_read, faults, waiting = count("awaiting_review"), count("grader_fault"), count("blocked")
    if total and count("not_attempted") == total:
        return f"Nothing has been attempted yet; a good place to start is `{report.questions[0].name}`."
    right = f"{count('passed')} of {count_of(total, 'question')} {'is' if total == 1 else 'are'} right"
    if total and count("passed") == total:
        return f"All {total} questions are right." if total > 1 else "The question is right."
    if total and count("passed") + to_read == total:
        right = (
            f"Everything that could be judged is right ({count('passed')} of {count_of(total, 'question')})"
        )
    asides = []
    if to_read:
        asides.append(f"{to_read} {'is' if to_read == 1 else 'are'} judged later")
    if faults:
        asides.append(f"{faults} could not be judged, which is not your fault")
    if waiting:
        asides.append(f"{waiting} {'waits' if waiting == 1 else 'wait'} for another answer")
    upto = ", ".join([right, *asides[:-1]]) + (f" and {asides[-1]}" if asides else "")
    look_at = next_question(report)
    return f"{upto}; the next thing to look at is `{look_at.name}`." if look_at else f"{upto}."


def next_question(report: Report) -> QuestionReport | None:
    """The first question with something to put right; if there is none, the first that is not attempted."""
    wrong = first_wrong(report)
    if wrong is not None:
        return wrong
    return next((q for q in report.questions if q.status == "not_attempted"), None)


def first_wrong(report: Report) -> QuestionReport | None:
    """The first question that was answered, but is not right."""
    return next((q for q in report.questions if q.status in WRONG), None)


def cases_sentence(report: Report, question: QuestionReport) -> str:
    """How many public and hidden cases there are, and how many passed. Empty where a question has none."""
    public, hidden = question.public, question.hidden
    if public.total == 0 and hidden.total == 0:
        if question.kind == "literal" and public.ran and question.status != "not_attempted":
            return f"{public.passed} of {count_of(public.ran, 'entry', 'entries')} right."
        return ""
    if question.substitutes and not public.ran and question.status != "blocked":
        return ""  # beside right answers, how many cases passed is not told
    if public.ran == 0 or question.status == "blocked":
        when = (
            "once what it waits for is right" if question.status == "blocked" else "when there is an answer"
        )
        if report.hidden_cases or not hidden.total:
            both = (
                f"{public.total} public and {hidden.total} hidden"
                if hidden.total
                else f"{public.total} public"
            )
            return f"{both} {'case' if public.total + hidden.total == 1 else 'cases'} run {when}."
        return f"{count_of(public.total, 'public case')} run {when}; {_at_grading(hidden.total)}."
    return _counts(public.passed, public.ran, hidden.passed, hidden.ran, hidden.total, report.hidden_cases)


def all_cases_sentence(report: Report) -> str:
    """The same over all questions that have cases."""
    questions = [q for q in report.questions if q.public.total or q.hidden.total]
    if not questions:
        return ""
    passed, total = sum(q.public.passed for q in questions), sum(q.public.total for q in questions)
    hidden = (sum(q.hidden.passed for q in questions), sum(q.hidden.total for q in questions))
    return _counts(passed, total, hidden[0], hidden[1], hidden[1], report.hidden_cases)


def _counts(passed: int, ran: int, hidden_passed: int, hidden_ran: int, hidden: int, they_ran: bool) -> str:
    """As in "12 public cases passed; 20 hidden ones run at grading."."""
    text = f"{passed}" if passed == ran else f"{passed} of {ran}"
    public = f"{text} public {'case' if ran == 1 else 'cases'} passed"
    if not hidden:
        return f"{public}."
    if not they_ran:
        return f"{public}; {_at_grading(hidden)}."
    if passed == ran and hidden_passed == hidden_ran:
        return f"{ran} public and {hidden_ran} hidden cases passed."
    return f"{passed} of {ran} public and {hidden_passed} of {hidden_ran} hidden cases passed."


def _at_grading(hidden: int) -> str:
    return f"{hidden} hidden {'one runs' if hidden == 1 else 'ones run'} at grading"


def _counter(report: Report) -> Callable[[str], int]:
    statuses: list[str] = [q.status for q in report.questions]
    return statuses.count
