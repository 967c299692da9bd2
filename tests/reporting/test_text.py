from __future__ import annotations

import pytest

from grader.reporting.invisible_characters import visible
from grader.reporting.text import code_spans, figure, join_names, one_line, points, shorten


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain → text\n\tkept", "plain → text\n\tkept"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\x7fb\x9bc", "a␡b⟨U+009B⟩c"),
        ("user\u202etxt.exe\u2066", "user⟨U+202E⟩txt.exe⟨U+2066⟩"),
        ("\ud800", "\ufffd"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\u200eb\u061cc", "a⟨U+200E⟩b⟨U+061C⟩c"),
        ("x\u200b\u2060\ufeff\u00ad", "x⟨U+200B⟩⟨U+2060⟩⟨U+FEFF⟩⟨U+00AD⟩"),
        ("x\u200dy\ufe0f", "x⟨U+200D⟩y⟨U+FE0F⟩"),
        ("\U000e0068\u2028", "⟨U+E0068⟩⟨U+2028⟩"),
        ("z" + "\u0301" * 30 + "x", "z" + "\u0301" * 4 + "⟨26 more marks⟩x"),
        ("a" + "\u0489" * 5, "a" + "\u0489" * 4 + "⟨1 more marks⟩"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown
    visible(text).encode("utf-8")


@pytest.mark.parametrize(
    "text", ["✔️ ❤️ 1️⃣", "👩\u200d💻", "کتاب\u200cها", "क्\u200dष", "é ế שָׁלוֹם", "──── ═══ …", "\ufffd"]
)
def test_what_scripts_and_emoji_are_written_with_stays(text: str) -> None:
    assert visible(text) == text


def test_one_line_has_no_line_separator_of_any_kind() -> None:
    assert one_line("a\n\nb\u2028c\x0bd\x85e") == "a b c d e"


def test_backticks_cut_a_message() -> None:
    assert code_spans("`f` needs `x`.") == [("f", True), (" needs ", False), ("x", True), (".", False)]
    assert code_spans("a ` alone") == [("a ` alone", False)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.5, "0.5"),
        (0.0, "0"),
        (3.14e-8, "3.1e−8"),
        (1e-7, "1e−7"),
        (82.94, "83"),
        (1234.5, "1234"),
        (float("nan"), "not finite"),
        (float("-inf"), "not finite"),
        (1e12, "1e12"),
    ],
)
def test_figures_have_two_digits(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_points_have_no_trailing_zero() -> None:
    assert [points(v) for v in (3.0, 17.6, 0.0, 10.0, 2.25)] == ["3", "17.6", "0", "10", "2.25"]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [join_names(n) for n in ((), ("a",), ("a", "b", "c"))] == ["", "`a`", "`a`, `b` and `c`"]


def test_long_text_is_cut_and_says_so() -> None:
    assert shorten("abc", 3) == "abc"
    assert shorten("abcdef", 2) == "ab\n… 4 more characters"
