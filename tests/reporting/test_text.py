from __future__ import annotations

import pytest

from grader.reporting.text import code_spans, figure, listed, one_line, points, shortened, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain → text\n\tkept", "plain → text\n\tkept"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\x7fb\x9bc", "a␡b⟨U+009B⟩c"),
        ("user\u202etxt.exe\u2066", "user⟨U+202E⟩txt.exe⟨U+2066⟩"),
        ("\ud800", "\ufffd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    visible(text).encode("utf-8")


def test_one_line_has_no_line_separator_of_any_kind() -> None:
    assert one_line("a\n\nb\u2028c\x0bd\x85e") == "a b c d e"


def test_backticks_cut_a_message() -> None:
    assert code_spans("`f` needs `x`.") == [("f", True), (" needs ", False), ("x", True), (".", False)]
    assert code_spans("a ` alone") == [("a ` alone", False)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.5, "0.5"), (0.0, "0"), (3.14e-8, "3.1e−8"), (1e-7, "1e−7"), (82.94, "83"), (1234.5, "1234"),
     (float("nan"), "not finite"), (float("-inf"), "not finite"), (1e12, "1e12")],
)  # fmt: skip
def test_figures_have_two_digits(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_points_have_no_trailing_zero() -> None:
    assert [points(v) for v in (3.0, 17.6, 0.0, 10.0, 2.25)] == ["3", "17.6", "0", "10", "2.25"]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [listed(n) for n in ((), ("a",), ("a", "b", "c"))] == ["", "`a`", "`a`, `b` and `c`"]


def test_long_text_is_cut_and_says_so() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcdef", 2) == "ab\n… 4 more characters"
