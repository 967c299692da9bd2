from __future__ import annotations

import math
import re
from typing import Literal

import pytest

from grader.model import Cell, Evidence, Line, Value
from grader.model.reasons import NoAnswer
from grader.reporting import student_page
from tests.reporting.reports import (
    Page,
    accuracy,
    everything,
    note,
    outcome,
    passed,
    question,
    report,
    trajectory,
)


@pytest.fixture(scope="module")
def html() -> str:
    return student_page(everything())


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def card(html: str, number: int) -> str:
    """The part of a page that is about one question."""
    start = html.index(f'id="q{number}"')
    ends = [
        html.find(mark, start) for mark in (f'id="q{number + 1}"', '<section class="notebook"', "</main>")
    ]
    return html[start : min(end for end in ends if end > 0)]


def test_the_frame_is_sound(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    assert (
        len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == len(page.all("footer")) == 1
    )
    assert any(meta.get("name") == "viewport" for meta in page.all("meta"))
    assert not page.all("script")
    policies = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policies
    assert (policies[0] or "").startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_no_request_leaves_the_page(html: str, page: Page) -> None:
    assert not {"link", "img", "iframe", "object", "video", "use", "image"} & {
        tag for tag, _ in page.elements
    }
    addresses = re.findall(r"url\(([^)]*)\)", html.split("</style>")[0])
    assert addresses
    assert all(address.startswith('"data:image/svg+xml') for address in addresses)
    within = re.findall(r"url\(([^)]*)\)", html.split("</style>")[1])
    assert within
    assert all(address.startswith("#") for address in within)
    for link in page.all("a"):
        assert (link["href"] or "").startswith(("#", "https://"))


def test_every_link_within_the_page_arrives(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        href = link["href"] or ""
        assert not href.startswith("#") or href[1:] in ids, href
    for _, attributes in page.elements:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in ids, name


def test_every_picture_has_a_title_and_a_description(html: str, page: Page) -> None:
    assert len(page.all("svg")) > 5
    assert all(svg.get("role") == "img" for svg in page.all("svg"))
    for picture in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        assert "<title" in picture
        assert "<desc" in picture


def test_the_answer_comes_first(html: str) -> None:
    top = Page(html.split("<nav")[0]).text
    assert "2 of 14 questions are right" in top
    assert "provisional" in top
    assert "What to do next" in top
    assert "The affine_backward: db is 2 times too small." in top


def test_questions_stand_in_order_and_only_the_first_wrong_one_is_open(page: Page) -> None:
    cards = [d for d in page.all("details") if (d.get("class") or "").startswith("card")]
    assert [d["id"] for d in cards] == [f"q{n}" for n in range(1, 15)]
    assert [d["id"] for d in cards if "open" in d] == ["q2"]


def test_a_failure_answers_what_where_and_why(html: str) -> None:
    failed = card(html, 2)
    assert "db is 2 times too small." in failed
    assert 'Expected</figcaption><pre tabindex="0">[-2,  1]</pre>' in failed
    assert "<mark>-1</mark>,  1]" in failed
    assert "result_0 = affine_forward(x, w, b)" in failed
    assert '<title id="e2-1t">Error on a logarithmic scale' in failed
    assert "The error is 0.5; up to 1e−7 counts as right." in failed
    assert '<title id="h2-1t">Error by entry, 1 by 2' in failed
    assert "<code>db</code> <span>0/3</span>" in failed
    assert "3 of 5 public cases passed; 4 hidden ones run at grading." in failed


def test_an_error_shows_its_line_and_links_to_the_cell(html: str) -> None:
    assert '<a href="#c0">cell 3</a>, line 2' in card(html, 3)
    assert "<b>2</b>" in html.split('id="c0"')[1]


def test_an_error_that_is_not_finite_is_drawn(html: str) -> None:
    assert "The error is not finite" in card(html, 6)
    assert "M314 18l12 8-12 8z" in card(html, 6)
    assert "<mark>nan</mark>" in card(html, 6)


def test_a_hidden_failure_shows_its_kind_only(html: str) -> None:
    shown = card(html, 7)
    assert "db is transposed." in shown
    assert "this one is about: values" in shown
    assert "Expected" not in shown
    assert "What was tried" not in shown


def test_a_waiting_question_speaks_of_no_points(html: str) -> None:
    waiting = Page(f"<p {card(html, 9)}").text
    assert "waiting for affine_backward" in waiting
    assert "–/9" in waiting
    assert "0/" not in waiting
    assert "lost" not in waiting


def test_the_graders_fault_is_said_to_be_nobody_elses(html: str) -> None:
    fault = card(html, 11)
    assert "This is not your fault, and no points are lost." in fault
    assert "0123456789ab fault" in fault
    assert 'class="card ours"' in html
    assert "0/9" not in fault


def test_entries_have_their_place(html: str) -> None:
    assert "<code>x</code> is not (1, 2)." in card(html, 12)
    assert card(html, 12).count("of 2 entries") == 1


def test_a_training_run_is_drawn_with_its_numbers_behind_it(html: str) -> None:
    shown = card(html, 13)
    assert "<figcaption>Accuracy, your run</figcaption>" in shown
    assert shown.count('<path class="yours hue') == 2 * 3  # two lines and a path; their points as dots
    assert '<path class="reference hue1"' in shown
    assert '<path class="given"' in shown
    assert "<tr><th scope=row>2<td>90.0<td>80.0<td>93.0<td>10.0" in shown
    assert "<summary>The same as tables</summary>" in shown


def test_the_free_run_of_an_update_rule_is_drawn(html: str) -> None:
    shown = card(html, 13)
    assert "<figcaption>Path of train on a valley</figcaption>" in shown
    assert "yours: 3 points from (−4.00, 1.00) to (−2.00, 0.200)." in shown
    assert "<ellipse" in shown


def test_a_hidden_run_is_not_drawn() -> None:
    assert "<svg" in card(student_page(report(passed(outcomes=(trajectory(),)))), 1)
    assert "<svg" not in card(student_page(report(passed(outcomes=(trajectory(hidden=True),)))), 1)


def test_a_row_of_charts_is_small() -> None:
    names = ("sgd", "sgd_momentum", "rmsprop", "adam")
    roles: tuple[Literal["yours", "reference"], ...] = ("yours", "reference")
    lines = tuple(
        Line(name, tuple(0.5 + 0.1 * k + 0.02 * math.sin(7.3 * i * (k + 1)) for i in range(100)), role=role)
        for role in roles
        for k, name in enumerate(names)
    )
    plots = tuple(accuracy(lines=lines, title=title) for title in ("Loss", "Training", "Validation"))
    without, drawn = (len(student_page(report(passed(plots=p))).encode()) for p in ((), plots))
    assert drawn - without <= 25_000


def test_the_notebook_has_verdicts_beside_the_answers(html: str) -> None:
    notebook = html.split('id="notebook"')[1]
    assert 'href="#q14"><i class="shape awaiting_review"></i>written: to be read</a>' in notebook
    assert "<span class=k>def</span> <span class=f>f</span>" in notebook
    assert "<mfrac>" in notebook
    assert '<details class="aside"><summary>cell 5</summary>' in notebook
    assert "This cell was left out: it does not parse" in notebook


def test_the_trust_line_is_complete(html: str) -> None:
    trust = html.split('<footer class="trust">')[1]
    text = Page(trust).text
    assert f'title="{"0123456789abcdef" * 4}"' in trust
    for said in (
        "0123456789ab",
        "two_layer_net 1.0",
        "0.1.0",
        "limited",
        "run at grading",
        "values 1e−7",
        "2026-11-23 00:41 UTC",
    ):
        assert said in text


def test_a_broken_submission_gets_a_page_that_says_what_to_do() -> None:
    page = Page(
        student_page(
            report(passed(), problem=note("a.ipynb: cut off"), notes=(note("a.ipynb: cut off"),), cells=())
        )
    )
    assert page.text.count("a.ipynb: cut off") == 1
    assert "hand in the saved file" in page.text
    assert not page.all("details")
    assert len(page.all("h1")) == 1


def test_the_same_inputs_are_printed_once() -> None:
    asked = question(
        parts=tuple(p for q in (question(),) for p in (q.parts[1], q.parts[1].__class__("dx", 0, 3))),
        outcomes=(outcome(), outcome(part="dx", findings=(note("dx is wrong."),))),
    )
    html = student_page(report(asked))
    assert html.count("result_0 = affine_forward") == 1
    assert "Tried with the same inputs as above." in html


def test_right_and_untouched_pages_open_nothing() -> None:
    right = student_page(report(passed()))
    assert "There is nothing to put right." in right
    untouched = question(status="not_attempted", score=0.0, outcomes=(), findings=(NoAnswer(),))
    waiting = student_page(report(untouched))
    assert "Start with <a" in waiting
    assert not [d for html in (right, waiting) for d in Page(html).all("details") if "open" in d]


def test_a_page_is_small() -> None:
    cells = tuple(Cell(f"cell {i}", "code", "x = 1  # one\n" * 9, "free") for i in range(60))
    assert len(student_page(everything()).encode()) < 60_000
    assert len(student_page(report(question(), cells=cells)).encode()) < 90_000


def test_a_huge_cell_is_cut() -> None:
    html = student_page(report(cells=(Cell("cell 1", "code", "x" * 10**6, "free"),)))
    assert "more characters" in html
    assert len(html) < 100_000


def test_wording_is_calm(page: Page) -> None:
    assert "!" not in page.text.replace("!important", "")
    assert not re.search(r"\b(wrongly|bad|stupid|fail(ed)? to)\b", page.text)


def test_evidence_without_numbers_is_shown_as_it_is() -> None:
    evidence = Evidence("", Value("unchanged"), Value("overwritten"))
    html = student_page(report(question(outcomes=(outcome(evidence=evidence, measurements={}),))))
    assert "left as it was</pre>" in html
    assert "What was tried" not in html
