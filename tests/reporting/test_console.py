from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from grader.model import Evidence, Value
from grader.reporting import terminal, terminal_text
from grader.reporting.commands import inert
from tests.reporting.reports import everything, note, outcome, passed, question, report, row
from tests.reporting.test_hostile import hostile


def test_it_fits_80_columns() -> None:
    long = Evidence(
        "x = np.array([" + "0.12345678901234567, " * 40 + "])",
        row(*[1.25] * 60),
        Value("dict", detail="y" * 500),
    )
    asked = question(
        "a_very_long_name_" * 8, outcomes=(outcome(evidence=long, findings=(note("word " * 60),)),)
    )
    for judged in (everything(), report(passed(), asked, notes=(note("n" * 300),))):
        text = terminal_text(judged, page="/a/very/long/path/" * 10 + "feedback.html")
        assert max(len(line) for line in text.split("\n")) <= 80


def test_it_has_the_table_the_first_failure_and_the_page() -> None:
    text = terminal_text(report(passed(), question(), notes=(note("a note"),)), page="out/feedback.html")
    lines = text.split("\n")
    assert lines[0] == "A two-layer net · ada"
    assert lines[1] == "11 of 14 points"
    assert [line.split() for line in lines if line.startswith("affine_")] == [
        ["affine_forward", "✓", "right", "5/5"],
        ["affine_backward", "◐", "partly", "right", "6/9"],
    ]
    for part in (
        "db is 2 times too small.",
        "result_0 = affine_forward(x, w, b)",
        "Expected\n  [-2,  1]",
        "Yours\n  [-1,  1]",
        "Note: a note",
        "Page: out/feedback.html",
        "9 of 11 public cases passed; 8 hidden ones run at grading.",
    ):
        assert part in text


def test_a_waiting_question_shows_no_zero() -> None:
    text = terminal_text(
        report(question("late", status="blocked", score=0.0, blocked_by=("early",))), page=None
    )
    assert "waiting for early" in text
    assert "–/9" in text
    assert "Page:" not in text


def test_a_submission_that_could_not_be_read_has_no_table() -> None:
    text = terminal_text(
        report(passed(), problem=note("a.ipynb: cut off"), notes=(note("a.ipynb: cut off"),)), page=None
    )
    assert text.count("a.ipynb: cut off") == 1
    assert "affine_forward" not in text


def test_a_terminal_gets_colour_and_no_more_than_its_width() -> None:
    out = io.StringIO()
    Console(file=out, width=200, force_terminal=True, color_system="standard").print(
        terminal(everything(), page=None)
    )
    assert "\x1b[32m" in out.getvalue()
    plain = io.StringIO()
    Console(file=plain, width=200).print(terminal(everything(), page=None, width=60))
    assert max(len(line.rstrip()) for line in plain.getvalue().split("\n")) <= 60


@pytest.mark.parametrize(
    "text",
    ["::error::x", "  ::error::x", "a\n::add-mask::x", "y" * 78 + "::error::z", "b ##[error]x", "##vso[x]y"],
)
def test_no_line_is_a_command_to_a_ci_system(text: str) -> None:
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=80).print(terminal(hostile(text), page=text))
    for shown in (terminal_text(hostile(text), page=text), re.sub(r"\x1b\[[\d;]*m", "", out.getvalue())):
        lines = shown.split("\n")
        assert not [line for line in lines if line.strip().startswith("::") or re.search(r"##(\[|vso)", line)]
        assert max(len(line) for line in lines) <= 80


def test_a_slice_is_no_command() -> None:
    assert [inert(line) for line in ("x[::-1]", "## Title", "a :: b")] == ["x[::-1]", "## Title", "a :: b"]
    assert inert("  ::error::x") == "  ∶:error::x"
