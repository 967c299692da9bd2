"""Colours of the one stylesheet: legible in light and dark."""

from __future__ import annotations

import re

import pytest

from grader.model.statuses import QUESTION_STATUSES
from grader.reporting.charts.traces import HUES
from grader.reporting.pages.page import template_folder

CSS = (template_folder() / "style.css").read_text(encoding="utf-8")
PAIRS = {name: (a, b) for name, a, b in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)}
CODE = re.findall(r"color: light-dark\((#\w{6}), (#\w{6})\)", CSS)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_has_contrast_on_every_ground_that_it_is_on(theme: int) -> None:
    tones = ("good", "part", "bad", "open", "ours")
    grounds = {"ink": ("paper", "sheet", "well", *(f"{t}-wash" for t in (*tones, "quiet")))}
    grounds |= dict.fromkeys(("soft", "link"), ("paper", "sheet", "well", "quiet-wash"))
    grounds |= {tone: ("paper", "sheet", "quiet-wash", f"{tone}-wash") for tone in tones}
    grounds["link"] += tuple(f"{t}-wash" for t in tones)
    grounds["bad"] += ("well",)
    for text, on in grounds.items():
        for ground in on:
            assert contrast(PAIRS[text][theme], PAIRS[ground][theme]) >= 4.5, (text, ground)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_code_has_contrast_on_the_sheet(theme: int) -> None:
    assert len(CODE) >= 6
    assert all(contrast(pair[theme], PAIRS["sheet"][theme]) >= 4.5 for pair in CODE)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_lines_of_charts_have_contrast_and_their_names_are_legible(theme: int) -> None:
    sheet = PAIRS["sheet"][theme]
    hues = [PAIRS[f"hue-{number}"][theme] for number in range(1, HUES + 1)]
    assert all(contrast(hue, sheet) >= 4.5 for hue in (*hues, PAIRS["soft"][theme]))
    assert contrast(PAIRS["level"][theme], sheet) >= 3
    assert len(set(hues)) == HUES


def test_lines_of_charts_differ_without_their_colours() -> None:
    dashes = re.findall(r"\.hue\d \{ --hue: var\(--hue-\d\); --dash: ([^;]+);", CSS)
    assert len(set(dashes)) == len(dashes) == HUES


def test_every_status_has_a_shape_and_a_colour() -> None:
    for status, word in QUESTION_STATUSES.items():
        assert f".shape.{status} " in CSS or status == "not_attempted"  # that one is the plain .shape
        assert f".{word.tone} {{ --tone" in CSS
    signs = [word.sign for word in QUESTION_STATUSES.values()]
    assert len(signs) == len(set(signs))


def test_nothing_is_fetched() -> None:
    assert "@import" not in CSS
    assert "http" not in CSS.replace("http://www.w3.org/2000/svg", "")
