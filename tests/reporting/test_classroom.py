from __future__ import annotations

from dataclasses import replace

from grader.messages import say
from grader.model import (
    Cell,
    Evidence,
    PartScore,
    QuestionReport,
    Report,
    SubmissionInfo,
    Value,
    from_json,
    to_json,
)
from grader.model.reasons import (
    AnotherAssignment,
    BoundAgain,
    KnownMistake,
    LeftOut,
    Raised,
    Scale,
    Unreadable,
)
from grader.reporting import class_entry, class_page, grades_csv
from grader.reporting.pages.doubles import find_doubles
from grader.reporting.pages.entries import share_questions
from tests.reporting.reports import Page, accuracy, everything, note, outcome, passed, question, report
from tests.reporting.test_hostile import hostile

RUN = {"started": "2026-11-23T00:41:52+00:00", "seconds": 38.2}


def of(student: str, judged: Report) -> Report:
    return replace(judged, submission=SubmissionInfo(student, "f" * 64))


def test_students_are_rows_in_order_and_link_to_their_pages() -> None:
    html = class_page([of("b/../é?#", report(passed())), of("ada", report(passed()))], run=RUN)
    page = Page(html)
    assert [a["href"] for a in page.all("a")] == [
        "students/ada/feedback.html",
        "students/b%2F..%2F%C3%A9%3F%23/feedback.html",
    ]
    assert {"scope": "row"} in page.all("th")
    assert len(page.all("h1")) == 1
    assert "38 s" in page.text


def test_mean_and_median_leave_out_what_could_not_be_read() -> None:
    reports = [
        of("a", report(passed())),
        of("b", report(question())),
        of("c", report(passed(), problem=Unreadable(reason="cut off"))),
    ]
    text = Page(class_page(reports, run={})).text
    assert "mean83 %" in text.replace("\n", "")
    assert "could not be read" in text


def test_a_cell_says_its_status_in_a_word_and_a_shape() -> None:
    html = class_page([of("a", report(passed(), question("q", status="crashed", score=0.0)))], run=RUN)
    assert '<i class="shape crashed"></i><span class="unseen">ended the process </span>0' in html


def test_a_question_that_one_student_lacks_leaves_a_gap() -> None:
    html = class_page([of("a", report(passed("x"))), of("b", report(passed("x"), passed("y")))], run=RUN)
    assert html.count("<td></td>") == 1


def test_the_same_mistake_is_counted_over_students() -> None:
    other_numbers = question(outcomes=(outcome(findings=(Scale("db", 1 / 3),)),))
    reports = [of("a", report(question())), of("b", report(other_numbers)), of("c", report(passed()))]
    html = class_page(reports, run=RUN)
    assert '<td class="num">2</td><td><code>affine_backward</code><br>db is 2 times too small. ' in html
    assert "3 times too small" not in html


def test_the_most_frequent_mistake_comes_first() -> None:
    once, twice = question("early"), question("late")
    html = class_page([of("a", report(once, twice)), of("b", report(passed("early"), twice))], run=RUN)
    assert html.index("<code>late</code><br>") < html.index("<code>early</code><br>")


def test_the_distribution_is_a_picture_and_a_table() -> None:
    html = class_page(
        [of(str(i), report(passed())) for i in range(3)] + [of("x", report(question()))], run=RUN
    )
    assert '<desc id="sd">60 to 70 %: 1. 90 to 100 %: 3. </desc>' in html
    assert '<th scope="row">90 to 100</th><td class="num">3</td>' in html


def test_difficulty_counts_verdicts() -> None:
    html = class_page(
        [of("a", report(question())), of("b", report(question(status="passed", score=9.0)))], run=RUN
    )
    row = html.split('<th scope="row">The affine_backward</th>')[1].split("</tr>")[0]
    assert "83 %" in row
    assert "1 partly right" in row
    assert "1 right" in row


def test_a_class_of_nobody_has_a_page() -> None:
    assert "No reports yet" in class_page([], run={})


def test_a_class_of_300_fits_in_a_megabyte() -> None:
    asked = [passed(f"question_{i}") for i in range(17)]
    html = class_page([of(f"student{i}", report(*asked)) for i in range(300)], run=RUN)
    assert len(html.encode()) < 1_000_000


def test_a_page_and_a_table_of_entries_are_those_of_whole_reports() -> None:
    whole = reports_of_a_class()

    entries = [class_entry(report) for report in whole]

    assert class_page(entries, run=RUN) == class_page(whole, run=RUN)
    assert grades_csv(entries) == grades_csv(whole)
    assert [class_entry(entry) for entry in entries] == entries


def test_questions_that_are_alike_are_kept_once() -> None:
    entries = [from_json(to_json(class_entry(report))) for report in reports_of_a_class()]
    known: dict[str, QuestionReport] = {}

    kept = [share_questions(entry, known) for entry in entries]

    assert kept == entries
    assert len({id(q) for entry in kept for q in entry.questions}) == len(known)
    assert len(known) < sum(len(entry.questions) for entry in kept)


def reports_of_a_class() -> list[Report]:
    """One of everything, long messages, parts that fail alike, a known mistake, a part of no question."""
    raised = outcome(status="error", findings=(Raised("", "f"),), evidence=None, part="dx")
    alike = question(
        "alike",
        status="error",
        outcomes=(raised, replace(raised, part="db")),
        parts=(PartScore("dx", 0, 3), PartScore("db", 0, 3), PartScore("dw", 3, 3)),
    )
    hidden = question(
        "late", outcomes=(outcome(hidden=True), replace(raised, part="nowhere"), outcome(rung=9))
    )
    known = question(
        "known", outcomes=(outcome(findings=(KnownMistake("m" * 5000, "k" * 5000, "e" * 5000),)),)
    )
    sized = question("sized", outcomes=(outcome(findings=(Scale("s" * 5000, 0.5, "N", 2),) * 3),))
    bare = question("bare", status="crashed", findings=(note("b" * 5000),), outcomes=())
    made = [report(alike, hidden, known, sized, bare), report(alike), everything(), hostile("<b>`x`\u202e")]
    unread = report(passed(), problem=note("p" * 5000))
    return [of(f"student {n}", judged) for n, judged in enumerate([*made, *made, unread])]


def test_an_entry_is_small() -> None:
    big = "x" * 100_000
    evidence = Evidence(big, Value("dict", detail=big), Value("dict", detail=big), ((0.5,) * 16,) * 16)
    asked = question(
        outcomes=tuple(outcome(rung=n, evidence=evidence) for n in range(40)), output=big, plots=(accuracy(),)
    )
    whole = report(*[asked] * 17, cells=(Cell("cell 1", "code", big),) * 50, notes=(note(big),) * 5)

    assert len(to_json(class_entry(whole))) < 30_000
    assert class_page([class_entry(whole)], run={}) == class_page([whole], run={})


def test_what_was_not_graded_is_listed_with_its_reason() -> None:
    skipped_entries = [("<b>x</b>.zip", "an archive of `zip` is too large"), ("notes.txt", "no notebook")]

    html = class_page([of("a", report(passed()))], run={**RUN, "skipped_entries": skipped_entries})

    assert (
        "<bdi>&lt;b&gt;x&lt;/b&gt;.zip</bdi></th><td>an archive of <code>zip</code> is too large</td>" in html
    )
    assert "<dt>not graded</dt><dd>2</dd>" in html
    assert "Not graded" not in class_page([], run=RUN)


def test_of_many_that_were_not_graded_the_first_are_listed_and_the_rest_counted() -> None:
    html = class_page([], run={"skipped_entries": [(f"file {n}", "r" * 9000) for n in range(120)]})

    assert html.count("<bdi>file") == 50
    assert "… and 70 more." in html
    assert len(html) < 100_000


def test_what_was_not_read_of_submissions_is_listed_pictures_last() -> None:
    one = replace(
        report(passed()), notes=(LeftOut("a.png", "other kind"), Unreadable("b.ipynb", "it is empty"))
    )
    two = replace(report(passed()), notes=(LeftOut("c.py", "encoding"), BoundAgain("x")))

    text = Page(class_page([class_entry(of("a", one)), class_entry(of("b", two))], run={})).text

    places = [text.index(name) for name in ("b.ipynb", "c.py", "a.png")]
    assert places == sorted(places)


def test_another_assignment_is_told_in_its_row() -> None:
    other = replace(report(passed()), problem=AnotherAssignment("hw1", "hw2", stamped=True))

    text = Page(class_page([of("a", other)], run={})).text

    assert "not judged: This is the notebook of hw2" in " ".join(text.split())


def test_submissions_that_may_be_one_are_listed() -> None:
    def named(identity: str, content: str) -> Report:
        return replace(report(passed()), submission=SubmissionInfo(identity, "", content))

    ids = ("ann", "ann (1)", "Ann.py", "bob", "bob-Copy1", "annabel", "bob2", "cem", "dee")
    contents = {"cem": "same", "dee": "same"}

    found = find_doubles([named(one, contents.get(one, one)) for one in ids])

    assert [say(double) for double in found] == [
        "cem, dee hold the same code.",
        "ann, ann (1), Ann.py may be one student's: each was graded.",
        "bob, bob-Copy1 may be one student's: each was graded.",
    ]


def test_those_who_answered_nothing_are_no_doubles() -> None:
    untouched = report(question(status="not_attempted", score=0.0))
    reports = [replace(untouched, submission=SubmissionInfo(one, "", "stub")) for one in ("ann", "bob")]

    assert find_doubles(reports) == []
