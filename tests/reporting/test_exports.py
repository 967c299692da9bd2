from __future__ import annotations

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree

from junitparser import JUnitXml

from grader.model import SubmissionInfo
from grader.model.reasons import AnotherAssignment, Unreadable
from grader.reporting import grades_csv, junit_xml, step_summary
from grader.reporting.exports.github import LIMIT
from tests.reporting.reports import everything, note, passed, question, report


def test_the_csv_has_a_row_a_student_and_two_columns_a_question() -> None:
    other = replace(report(passed("b"), provisional=True), submission=SubmissionInfo('=cmd|"x"', ""))
    table = grades_csv([report(passed("a"), question("b")), other])
    assert list(csv.reader(io.StringIO(table))) == [
        ["id", "score", "max_score", "percent", "provisional", "a", "a.status", "b", "b.status"],
        ["ada", "11", "14", "78.6", "no", "5", "passed", "6", "partial"],
        ['\'=cmd|"x"', "5", "5", "100.0", "yes", "", "", "5", "passed"],
    ]
    assert table.startswith('"id","score"')


def test_the_csv_of_nobody_has_a_header() -> None:
    assert grades_csv([]) == '"id","score","max_score","percent","provisional"\n'


def test_junit_maps_each_status() -> None:
    root = ElementTree.fromstring(junit_xml(everything()))
    found = {c.get("name"): next(iter(c), None) for c in root.iter("testcase")}
    kinds = {name: (result.tag if result is not None else "passed") for name, result in found.items()}
    assert kinds == {
        "affine_forward": "passed",
        "affine_backward": "failure",
        "error": "error",
        "timeout": "error",
        "crashed": "error",
        "not_finite": "failure",
        "hidden_only": "failure",
        "big": "failure",
        "blocked": "skipped",
        "untouched": "failure",
        "fault": "error",
        "drill": "failure",
        "train": "passed",
        "written": "skipped",
    }
    blocked, untouched = found["blocked"], found["untouched"]
    assert blocked is not None
    assert untouched is not None
    assert blocked.get("message") == "waiting for `affine_backward`"
    assert untouched.get("message") == "not attempted"


def test_junit_tells_the_story_in_the_body() -> None:
    suite = next(iter(JUnitXml.fromstring(junit_xml(report(question())))))
    assert (suite.tests, suite.failures, suite.time) == (1, 1, 4.856)
    body = next(iter(suite)).result[0].text
    for part in ("6 of 9 points", "db: db is 2 times too small.", "[-2,  1]", "result_0 = affine_forward"):
        assert part in body
    assert body.count("db is 2 times too small.") == 1


def test_junit_tells_doubled_questions_apart() -> None:
    root = ElementTree.fromstring(junit_xml(report(passed("a"), passed("a"))))
    assert [c.get("name") for c in root.iter("testcase")] == ["a", "a (2)"]


def test_junit_says_that_nothing_could_be_read() -> None:
    root = ElementTree.fromstring(junit_xml(report(problem=note("cut off"))))
    assert [e.text for e in root.iter("error")] == ["cut off"]


def test_the_summary_is_a_table_with_what_failed_first() -> None:
    lines = step_summary(report(passed(), question(findings=(note("other | words"),)))).split("\n")
    assert lines[0] == "## A two-layer net"
    assert lines[2].startswith("**11 of 14 points** · 1 of 2 questions are right;")
    assert lines[6] == "| ✓ | `affine_forward` | 5/5 | right |"
    assert lines[7] == "| ◐ | `affine_backward` | 6/9 | partly right: db is 2 times too small. |"
    assert lines[9] == "9 of 11 public cases passed; 8 hidden ones run at grading."


def test_the_summary_of_a_waiting_question_names_what_it_waits_for() -> None:
    blocked = question(status="blocked", score=0.0, blocked_by=("x",))
    assert "| –/9 | waiting for <code>x</code> |" in step_summary(report(blocked))


def test_the_summary_keeps_within_githubs_limit() -> None:
    many = [question("é" * 500, findings=(note("ü" * 5000),), outcomes=()) for _ in range(900)]
    text = step_summary(report(*many))
    assert len(text.encode()) <= LIMIT
    assert text.endswith("the rest did not fit.\n")


def test_what_could_not_be_judged_is_blank_in_the_register_with_its_reason() -> None:
    unread = replace(report(passed("a")), problem=Unreadable(reason="the notebook file is empty"))
    other = replace(report(passed("a")), problem=AnotherAssignment("hw1", "hw2", stamped=True))

    rows = list(csv.DictReader(io.StringIO(grades_csv([report(passed("a")), unread, other]))))

    assert [(row["score"], row["percent"], row["a"], row["a.status"]) for row in rows] == [
        ("5", "100.0", "5", "passed"),
        ("", "", "", ""),
        ("", "", "", ""),
    ]
    assert [row["problem"] for row in rows] == [
        "",
        "The notebook file is empty.",
        "This is the notebook of `hw2`, not of `hw1`: hand in the other one.",
    ]
