"""Pages in a real browser: whatever a student writes is read as text, does nothing and covers nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from grader.course import CourseAssignment
from grader.grading import grade
from grader.intake import read_submission
from grader.model import Cell, Report, SubmissionInfo, from_json, to_json
from grader.reporting import class_page, grades_csv, junit_xml, step_summary, student_page, terminal_text
from grader.reporting.invisible_characters import visible
from grader.reporting.text import one_line
from grader.sandbox import Sandbox
from tests.reporting import hostile_notebook
from tests.reporting.browser import AFFECTED, Window, chromium
from tests.reporting.payloads import HTML, LONG, MARKDOWN, UNSEEN
from tests.reporting.reports import note, passed, question, report
from tests.reporting.test_hostile import hostile

PHONE, DESK = 390, 1280
SCORE_ON_TOP = """
() => {
  const score = document.querySelector('.score b, .facts dd')
  score.scrollIntoView({block: 'center'})
  const box = score.getBoundingClientRect()
  return score === document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
}
"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEIGHTS = "[...document.querySelectorAll('math')].map(m => m.getBoundingClientRect().height)"
ORDER = """
() => {
  const pre = document.querySelectorAll('.code pre')[1], found = []
  const walk = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = walk.currentNode, step = node.parentElement === pre ? 1 : node.length
    for (let i = 0; i < node.length; i += step) {
      const range = document.createRange()
      range.setStart(node, i)
      range.setEnd(node, i + step)
      const box = range.getBoundingClientRect()
      if (node.data.slice(i, i + step).trim()) found.push([Math.round(box.top / 9), box.left])
    }
  }
  return found
}
"""
"""Places of the characters of a cell's code, and of its strings and comments as a whole."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, Window]]:
    """By whether the page's content security policy is in force."""
    with chromium() as browser:
        folder = tmp_path_factory.mktemp("pages")
        yield {guarded: Window(browser, folder, guarded=guarded) for guarded in (True, False)}


@pytest.fixture
def guarded(windows: dict[bool, Window]) -> Window:
    return windows[True]


@pytest.fixture
def bare(windows: dict[bool, Window]) -> Window:
    """As if the page had no content security policy: it is sound by itself, and that is a second wall."""
    return windows[False]


def check(seen: Window, title: str) -> None:
    """Nothing was asked for, run, said or moved; the score can be seen; nothing is wider than the window."""
    assert seen.events == []
    assert seen.evaluate(AFFECTED) == [None, True, flat(title)]
    assert seen.count("body script, body style, iframe, object, form, base, link, svg a") == 0
    assert seen.evaluate(SCORE_ON_TOP)
    assert seen.evaluate(TOO_WIDE) <= 0


def flat(text: str) -> str:
    """How a browser gives a text back."""
    return " ".join(visible(text).split())


def of_class(text: str) -> str:
    reports = [replace(hostile(text), submission=SubmissionInfo(f"{i}{text}", "")) for i in range(3)]
    return class_page(
        [*reports, replace(reports[0], problem=note(text))], run={"started": text, "seconds": 1.0}
    )


def written(*sources: str) -> Report:
    """A report whose notebook has these markdown cells."""
    cells = tuple(Cell(f"cell {i}", "markdown", source, "free") for i, source in enumerate(sources))
    return report(passed(), cells=cells)


TOGETHER = (" ".join(HTML[:7]), " ".join(HTML[7:13]), " ".join(HTML[13:]), " ".join(UNSEEN))


@pytest.mark.parametrize("text", TOGETHER, ids=range(len(TOGETHER)))
def test_the_students_page_shows_text_and_does_nothing(bare: Window, text: str) -> None:
    bare.show(student_page(hostile(text)), PHONE)
    check(bare, f"{text} · {text}")
    assert bare.text().count(flat(text)) >= 20


@pytest.mark.parametrize("text", TOGETHER, ids=range(len(TOGETHER)))
def test_the_class_page_shows_text_and_does_nothing(bare: Window, text: str) -> None:
    bare.show(of_class(text), DESK)
    check(bare, f"{text} · class")
    assert bare.text().count(flat(text)) >= 3


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_keep_their_shape(guarded: Window, width: int) -> None:
    text = " ".join([*LONG, *HTML, *UNSEEN])
    guarded.show(student_page(hostile(text)), width)
    check(guarded, f"{text} · {text}")
    guarded.show(of_class(text), width)
    check(guarded, f"{text} · class")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_answer_that_waits_for_many_keeps_its_title_readable(guarded: Window, width: int) -> None:
    names = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "TwoLayerNet.loss")
    waiting = question(name="TwoLayerNet.gradients", status="blocked", blocked_by=names)
    guarded.show(student_page(report(waiting)), width)
    assert guarded.evaluate("document.querySelector('.card h3').clientHeight < 60")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_markdown_from_a_student_does_nothing(bare: Window, width: int) -> None:
    bare.show(student_page(written(*HTML, *MARKDOWN, *UNSEEN, *LONG)), width)
    check(bare, "A two-layer net · ada")
    shown = bare.text()
    assert all(one_line(text)[:20] in shown for text in HTML[:13])
    assert bare.count(".words a[href]") == 0
    assert max(bare.evaluate(HEIGHTS)) < 2000


def test_what_slipped_through_would_not_run(guarded: Window) -> None:
    """The page's policy is a second wall: the only thing that happens is that the browser says so."""
    holes = "".join(HTML[:3])
    guarded.show(student_page(report(passed())).replace("<main", f"{holes}<main"), DESK)
    assert guarded.evaluate("window.__pwned") is None
    assert guarded.events
    assert all("Content Security Policy" in event for event in guarded.events)


def test_code_is_shown_in_the_order_that_it_was_written_in(guarded: Window) -> None:
    """Letters that run from right to left turn nothing around, even without a control character."""
    source = 'א = "שלום", 1, "עולם", 2  # גג\nб = א - ב + ג'
    guarded.show(student_page(report(passed(), cells=(Cell("cell 1", "code", source, "answer"),))), DESK)
    places = guarded.evaluate(ORDER)
    assert len(places) > 12
    assert places == sorted(places)


@pytest.fixture(scope="module")
def graded(
    assignment: CourseAssignment, sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> Report:
    """The hostile notebook, as `grader grade` judges it."""
    path = hostile_notebook.write(tmp_path_factory.mktemp("handed_in"))
    code = [q.name for q in assignment.questions if q.kind != "experiment"]
    return grade(read_submission(path, assignment.roots), assignment, sandbox, only=code)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_hostile_notebook_gets_a_page_like_any_other(graded: Report, bare: Window, width: int) -> None:
    title = graded.assignment.title
    bare.show(student_page(graded), width)
    check(bare, f"{title} · {graded.submission.id}")
    shown, forged = bare.text(), "raises ValueError: ::error::forged"
    for text in (HTML[0], UNSEEN[0], graded.submission.id, forged, MARKDOWN[-1][8:40]):
        assert flat(text) in shown, text
    bare.show(class_page([graded], run={"started": "", "seconds": 1.0}), width)
    check(bare, f"{title} · class")


def test_a_hostile_notebook_is_judged_and_exported_like_any_other(graded: Report) -> None:
    by_name = {q.name: q.status for q in graded.questions}
    assert (graded.score, graded.problem) == (0, None)
    assert by_name["affine_forward"] == by_name["svm_loss"] == "error"
    assert by_name["relu_forward"] == "failed"
    for text in (terminal_text(graded, page=graded.submission.id), step_summary(graded)):
        assert not [line for line in text.split("\n") if line.strip().startswith("::")]
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", text)
    assert not re.search(r"##(\[|vso)", terminal_text(graded, page=None))
    tests = ElementTree.fromstring(junit_xml(graded)).iter("testcase")
    assert [case.get("name") for case in tests] == [q.name for q in graded.questions]
    (row,) = csv.DictReader(io.StringIO(grades_csv([graded])))
    assert row["affine_forward.status"] == "error"
    assert from_json(to_json(graded)) == graded
