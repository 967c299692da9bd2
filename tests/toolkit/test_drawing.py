"""The paper: legible in any theme, described in words, and nothing global changed."""

import subprocess
import sys
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import style
from matplotlib.colors import to_rgb

from grader.toolkit.drawing import BLUE, VERMILLION, paper


def luminance(colour: Any) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], channels))


def contrast(colour: Any, ground: Any) -> float:
    darker, lighter = sorted([luminance(colour), luminance(ground)])
    return (lighter + 0.05) / (darker + 0.05)


def test_dark_theme_does_not_reach_the_paper_and_stays_as_it_was() -> None:
    with style.context("dark_background"):
        before = dict(mpl.rcParams)
        with paper(4, 3) as figure:
            axes = figure.subplots()
            axes.set(title="title", xlabel="x")
        assert dict(mpl.rcParams) == before
        ground = figure.get_facecolor()
        assert contrast("white", ground) == pytest.approx(1)
        assert contrast(axes.get_facecolor(), ground) == pytest.approx(1)
        for text in (axes.title, axes.xaxis.label, axes.get_xticklabels()[0]):
            assert contrast(text.get_color(), ground) > 7


def test_user_s_settings_are_back_after_an_error() -> None:
    before = dict(mpl.rcParams)
    with style.context({"axes.facecolor": "red"}):
        with pytest.raises(ZeroDivisionError), paper(4, 3):
            raise ZeroDivisionError
        assert mpl.rcParams["axes.facecolor"] == "red"
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("colour", [BLUE, VERMILLION])
def test_colours_of_curves_are_seen_on_white(colour: str) -> None:
    assert contrast(colour, "white") >= 3


def test_notebook_gets_an_image_with_its_text_alternative() -> None:
    with paper(2, 1) as figure:
        figure.describe('loss < 1 & "falling"')
    shown = figure._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert shown["text/plain"] == 'loss < 1 & "falling"'
    assert 'alt="loss &lt; 1 &amp; &quot;falling&quot;"' in shown["text/html"]
    assert 'src="data:image/png;base64,iVBORw0KGgo' in shown["text/html"]
    assert b'Description\x00loss < 1 & "falling"' in figure.png()
    assert figure.get_label() == figure.alt


def test_description_may_hold_any_letter() -> None:
    with paper(2, 1) as figure:
        figure.describe("∂L/∂W₁ × 3")
    assert "∂L/∂W₁ × 3".encode() in figure.png()


def test_drawing_leaves_pyplot_alone() -> None:
    program = (
        "import sys, numpy; from grader.toolkit import show_weights;"
        "show_weights(numpy.ones((4, 1)), (2, 2))._repr_mimebundle_();"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
