from __future__ import annotations

from typing import Any

import pytest

from grader.model import CaseCount, Report
from grader.reporting import summary_sentence
from grader.reporting.summary import all_cases_sentence, cases_sentence, next_question
from tests.reporting.reports import everything, passed, question, report

UNTOUCHED: dict[str, Any] = {"status": "not_attempted", "score": 0.0, "outcomes": ()}


@pytest.mark.parametrize(
    ("judged", "sentence"),
    [
        (
            report(passed(), question()),
            "1 of 2 questions are right; the next thing to look at is `affine_backward`.",
        ),
        (report(passed(), passed("b")), "All 2 questions are right."),
        (report(passed()), "The question is right."),
        (
            report(question("a", **UNTOUCHED), question("b", **UNTOUCHED)),
            "Nothing has been attempted yet; a good place to start is `a`.",
        ),
        (
            report(passed(), passed("w", status="awaiting_review")),
            "Everything that could be judged is right (1 of 2 questions) and 1 is judged later.",
        ),
        (
            report(passed(), question("a", **UNTOUCHED)),
            "1 of 2 questions are right; the next thing to look at is `a`.",
        ),
        (
            report(passed(), question("a", status="grader_fault")),
            "1 of 2 questions are right and 1 could not be judged, which is not your fault.",
        ),
        (report(problem="damaged"), "Nothing could be judged, because the submission could not be read."),
    ],
)
def test_one_sentence_says_it(judged: Report, sentence: str) -> None:
    assert summary_sentence(judged) == sentence


def test_every_aside_is_said_at_once() -> None:
    assert summary_sentence(everything()) == (
        "2 of 14 questions are right, 1 is judged later, 1 could not be judged, which is "
        "not your fault and 1 waits for another answer; the next thing to look at is `affine_backward`."
    )


def test_a_waiting_question_is_never_the_next_one() -> None:
    blocked = question("late", status="blocked", blocked_by=("early",))
    found = next_question(report(blocked, question("early", status="failed")))
    assert found is not None
    assert found.name == "early"


@pytest.mark.parametrize(
    ("public", "hidden", "they_ran", "said"),
    [
        (
            CaseCount(12, 12, 12),
            CaseCount(20),
            False,
            "12 public cases passed; 20 hidden ones run at grading.",
        ),
        (
            CaseCount(5, 5, 2),
            CaseCount(1),
            False,
            "2 of 5 public cases passed; 1 hidden one runs at grading.",
        ),
        (CaseCount(5, 5, 5), CaseCount(4, 4, 4), True, "5 public and 4 hidden cases passed."),
        (CaseCount(5, 5, 5), CaseCount(4, 4, 1), True, "5 of 5 public and 1 of 4 hidden cases passed."),
        (CaseCount(1, 1, 1), CaseCount(), True, "1 public case passed."),
        (
            CaseCount(5),
            CaseCount(4),
            False,
            "5 public cases run when there is an answer; 4 hidden ones run at grading.",
        ),
        (CaseCount(5), CaseCount(4), True, "5 public and 4 hidden cases run when there is an answer."),
        (CaseCount(), CaseCount(), True, ""),
    ],
)
def test_cases_are_counted(public: CaseCount, hidden: CaseCount, they_ran: bool, said: str) -> None:
    asked = passed(public=public, hidden=hidden)
    assert cases_sentence(report(asked, hidden_cases=they_ran), asked) == said


def test_a_waiting_question_does_not_count_failures() -> None:
    blocked = question(status="blocked", public=CaseCount(5, 5, 0), hidden=CaseCount(4, 4, 0))
    said = cases_sentence(report(blocked, hidden_cases=True), blocked)
    assert said == "5 public and 4 hidden cases run once what it waits for is right."


def test_entries_are_counted_as_entries() -> None:
    drill = question(kind="literal", public=CaseCount(0, 8, 7), hidden=CaseCount())
    assert cases_sentence(report(drill), drill) == "7 of 8 entries right."


def test_cases_add_up_over_the_questions() -> None:
    assert (
        all_cases_sentence(report(passed(), question()))
        == "9 of 11 public cases passed; 8 hidden ones run at grading."
    )
