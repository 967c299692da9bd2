"""Tables of numbers with the statistics of their columns and rows: right, legible, and told in words."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import show_statistics

TABLE = np.array([[1.0, 20.0], [3.0, -20.0], [2.0, -0.001]])


def test_a_table_shows_its_numbers_and_what_is_said_of_them() -> None:
    figure: Any = show_statistics({"x": TABLE})
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert texts[:6] == ["1.00", "20.0", "3.00", "−20.0", "2.00", "0.00"]  # row by row, and no −0
    place = {text.get_text(): text.get_position() for text in axes.texts}
    assert place["10.5"][1] == 0.5  # the mean of the first row stands beside it
    assert place["0.82"][0] == 0.5  # the deviation of the first column stands beneath it
    assert place["0.82"][1] > 3
    assert figure.alt == (
        "x, 3 rows and 2 columns; columns: means 2.00, 0.00; standard deviations 0.82, 16.3; "
        "rows: means 10.5, −8.50, 1.00; standard deviations 9.50, 11.5, 1.00."
    )
    assert figure.png().startswith(b"\x89PNG")


def test_colours_have_zero_in_the_middle_and_stay_pale_enough_for_black_figures() -> None:
    figure: Any = show_statistics({"x": TABLE})
    (mesh,) = figure.axes[0].collections
    assert mesh.get_clim() == (-40, 40)
    figure.png()
    shades = mesh.get_facecolors()[:, :3]
    luminance = np.where(shades <= 0.04045, shades / 12.92, ((shades + 0.055) / 1.055) ** 2.4) @ [
        0.2126,
        0.7152,
        0.0722,
    ]
    assert np.all((luminance + 0.05) / 0.05 >= 4.5)


def test_each_table_has_its_own_scale() -> None:
    figure: Any = show_statistics({"x": TABLE, "small": TABLE / 100, "zeros": np.zeros((1, 1))})
    assert [axes.get_title() for axes in figure.axes] == ["x", "small", "zeros"]
    limits = [axes.collections[0].get_clim()[1] for axes in figure.axes]
    np.testing.assert_allclose(limits, [40, 0.4, 2])


def test_numbers_that_are_none_are_drawn() -> None:
    figure: Any = show_statistics({"x": np.array([[np.nan, 1.0]])})
    assert figure.axes[0].texts[0].get_text() == "nan"
    assert figure.png().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({}, "not 0"),
        (dict.fromkeys("abcd", TABLE), "not 4"),
        ({"x": np.zeros(3)}, r"'x' has shape \(3,\)"),
        ({"x": np.zeros((0, 3))}, r"\(0, 3\)"),
        ({"x": np.zeros((13, 3))}, r"up to \(12, 12\)"),
    ],
)
def test_what_cannot_be_read_is_refused(tables: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show_statistics(tables)
