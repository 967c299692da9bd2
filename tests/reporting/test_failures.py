from __future__ import annotations

from grader.messages import sentence
from grader.model import PartScore
from grader.model.reasons import Raised, WrongValues
from grader.reporting.failures import asides, failures, first_failure
from tests.reporting.reports import HALF_SAID, note, outcome, passed, question, report


def test_the_smallest_public_case_with_a_reason_is_told() -> None:
    vague = outcome(rung=0, findings=(WrongValues("db"),))
    hidden = outcome(rung=0, hidden=True)
    big, small = outcome(rung=3, findings=(note("big"),)), outcome(rung=2, findings=(note("small"),))
    (found,) = failures(question(outcomes=(big, hidden, vague, small)))
    assert found.outcome == small
    assert found.others == "2 more public cases and 1 hidden one fail as well."


def test_a_part_that_earned_its_points_has_no_failure() -> None:
    assert [f.parts for f in failures(question(outcomes=(outcome(part="dx"), outcome())))] == [("db",)]


def test_parts_that_fail_for_one_error_are_told_together() -> None:
    parts = (PartScore("dx", 0, 3), PartScore("db", 0, 3))
    same = [outcome(part=p.name, status="error", findings=(Raised("", "f", "KeyError"),)) for p in parts]
    (found,) = failures(question(parts=parts, outcomes=tuple(same)))
    assert found.parts == ("dx", "db")


def test_parts_with_different_values_are_told_apart() -> None:
    parts = (PartScore("dx", 0, 3), PartScore("db", 0, 3))
    both = failures(question(parts=parts, outcomes=(outcome(part="dx"), outcome(part="db"))))
    assert [f.parts for f in both] == [("dx",), ("db",)]


def test_what_is_not_scored_is_an_aside_and_no_failure() -> None:
    unscored = outcome(scored=False, findings=(note("db is not the derivative of your own forward pass."),))
    asked = question(outcomes=(outcome(), unscored))
    found = failures(asked)
    assert [sentence(f.outcome) for f in found] == [HALF_SAID]
    assert asides(asked, found) == ["db is not the derivative of your own forward pass."]


def test_a_kink_is_explained_without_being_a_failure() -> None:
    kink = outcome(status="kink", findings=(note("x = 0 is a kink."),))
    assert asides(passed(outcomes=(kink,)), []) == ["x = 0 is a kink."]


def test_the_first_failure_is_that_of_the_first_wrong_question() -> None:
    found = first_failure(report(passed(), question("a"), question("b")))
    assert found is not None
    assert found[0].name == "a"
    assert first_failure(report(passed())) is None
