"""Images, and weights drawn as images: that every pixel is where it belongs."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import show_images, show_weights, weights_film


def drawn(figure: Any) -> Any:
    """The mosaic that was drawn; gaps, and places without a picture, are masked or white."""
    return figure.axes[0].images[0].get_array()


@pytest.mark.parametrize("flat", [True, False])
def test_images_stand_in_their_class_s_column(flat: bool) -> None:
    X: Any = np.stack([np.full((2, 2), value) for value in (0.0, 10.0, 5.0, 2.0)])
    X[0, 0, 1] = 1.0
    y = np.array([1, 0, 1, 1])
    figure: Any = show_images(X.reshape(4, 4) if flat else X, y, ["cat", "dog"], per_class=2)
    picture = drawn(figure)
    assert picture.shape == (5, 5)  # 2 x 2 pictures of 2 x 2 pixels, and gaps of 1
    np.testing.assert_allclose(picture[:2, :2].filled(np.nan), 1)  # 10, the brightest
    np.testing.assert_allclose(picture[:2, 3:].filled(np.nan), np.array([[0, 0.1], [0, 0]]))
    np.testing.assert_allclose(picture[3:, 3:].filled(np.nan), 0.5)
    assert picture.mask[3:, :2].all()  # there is no second cat
    assert picture.mask[2, :].all()
    assert picture.mask[:, 2].all()
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["cat", "dog"]
    assert figure.alt == "Example images, one class a column, 2×2 pixels each: cat 1, dog 2."


@pytest.mark.parametrize("flat", [True, False])
def test_colour_images_keep_their_channels(flat: bool) -> None:
    X = np.zeros((2, 3, 32, 32))
    X[0, 0] = X[1, 2] = 1  # one red, one blue
    X[1, 2, 0, 31] = 0
    figure: Any = show_images(X.reshape(2, -1) if flat else X, np.array([0, 1]), "ab")
    picture = np.asarray(drawn(figure))
    assert picture.shape == (32, 65, 3)
    np.testing.assert_array_equal(picture[0, 0], [1, 0, 0])
    np.testing.assert_array_equal(picture[0, 32], [1, 1, 1])  # the gap is white
    np.testing.assert_array_equal(picture[1, 64], [0, 0, 1])
    np.testing.assert_array_equal(picture[0, 64], [0, 0, 0])


def test_images_of_one_grey_can_be_drawn() -> None:
    assert (drawn(show_images(np.ones((1, 4)), np.array([0]), ["one"])) == 0).all()


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (np.zeros((2, 4)), np.zeros(3, int), "X has 2 images and y 3 labels"),
        (np.zeros((2, 5)), np.zeros(2, int), r"X has shape \(2, 5\)"),
        (np.zeros((2, 4, 2, 2)), np.zeros(2, int), r"X has shape \(2, 4, 2, 2\)"),
        (np.zeros((2, 4)), np.full(2, 7), "none of the images"),
    ],
)
def test_images_that_do_not_fit_are_refused(X: Any, y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show_images(X, y, ["cat", "dog"])


def test_weights_share_one_scale_with_zero_in_the_middle() -> None:
    W1 = np.zeros((6, 3))  # three units that see 2 x 3 pixels
    W1[:, 0] = [1, 2, 3, -4, 0, 0]
    W1[5, 1] = 2
    figure: Any = show_weights(W1, (2, 3))
    picture = drawn(figure)
    assert picture.shape == (5, 7)
    first = np.array([[1, 2, 3], [-4, 0, 0]]) / 8 + 0.5
    np.testing.assert_allclose(picture[:2, :3].filled(np.nan), first)
    assert picture[1, 6] == 0.75
    np.testing.assert_allclose(picture[3:, :3].filled(np.nan), 0.5)  # a unit that learned nothing
    assert picture.mask[3:, 4:].all()  # and a place without a unit look different
    assert [t.get_text() for t in figure.axes[1].get_yticklabels()] == ["-4", "0", "4"]
    assert figure.alt == (
        "First-layer weights of 3 hidden units as pictures of 2×3 pixels; "
        f"from -4 to 3, standard deviation {W1.std():.2g}."
    )


def test_colour_weights() -> None:
    W1 = np.zeros((12, 2))
    W1[:4, 0] = -3  # no red
    W1[11, 1] = 1.5  # some blue at the last pixel
    picture = np.asarray(drawn(show_weights(W1, (3, 2, 2))))
    assert picture.shape == (2, 5, 3)
    np.testing.assert_allclose(picture[0, 0], [0, 0.5, 0.5])
    np.testing.assert_allclose(picture[1, 4], [0.5, 0.5, 0.75])


def test_weights_that_diverged_are_drawn_and_said() -> None:
    W1 = np.array([[np.nan, 1.0], [np.inf, -2.0], [0, 0], [0, 0]])
    figure: Any = show_weights(W1, (2, 2))
    left, right = drawn(figure)[:, :2].filled(-1), drawn(figure)[:, 3:].filled(-1)
    np.testing.assert_allclose(left, 0.5)
    np.testing.assert_allclose(right, [[0.75, 0.0], [0.5, 0.5]])  # scaled by what is finite
    assert "from -2 to 1" in figure.alt
    assert figure.alt.endswith(", 2 not finite.")
    assert figure.png().startswith(b"\x89PNG")
    lost: Any = show_weights(np.full((4, 1), np.nan), (2, 2))
    assert "none of them finite" in lost.alt


def test_weights_that_are_all_zero_can_be_drawn() -> None:
    assert (drawn(show_weights(np.zeros((4, 1)), (2, 2))) == 0.5).all()


@pytest.mark.parametrize(
    ("W1", "shape", "message"),
    [
        (np.zeros((4, 2)), (3, 3), r"weights of shape \(4, 2\).*\(9, H\) are needed"),
        (np.zeros(4), (2, 2), r"weights of shape \(4,\)"),
        (np.zeros((4, 0)), (2, 2), r"weights of shape \(4, 0\)"),
        (np.zeros((4, 2)), (4,), r"shape must be .*, not \(4,\)"),
        (np.zeros((4, 2)), (1, 2, 2), r"shape must be .*, not \(1, 2, 2\)"),
    ],
)
def test_weights_that_do_not_fit_are_refused(W1: Any, shape: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        show_weights(W1, shape)


def test_film_has_a_row_for_each_epoch_and_a_scale_for_each_row() -> None:
    start = np.zeros((4, 3))
    start[0] = [0.5, 0.25, -1]
    figure: Any = weights_film({10: {"W1": 8 * start}, 0: {"W1": start}}, (2, 2), units=2)
    picture = drawn(figure)
    assert picture.shape == (5, 5)
    for row in (0, 3):  # each row by its own largest weight among the units shown
        assert (picture[row, 0], picture[row, 3]) == (1, 0.75)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["epoch 0\n±0.5", "epoch 10\n±4"]
    assert figure.alt.startswith("Weights W1 of 2 hidden units as pictures of 2×2 pixels, a row")
    assert "epoch 0: from 0 to 0.5," in figure.alt
    assert "epoch 10: from 0 to 4," in figure.alt


def test_film_of_another_layer_in_colour() -> None:
    figure: Any = weights_film({0: {"V": np.ones((12, 1))}}, (3, 2, 2), name="V")
    np.testing.assert_array_equal(np.asarray(drawn(figure)), np.ones((2, 2, 3)))
    assert figure.alt.startswith("Weights V of 1 hidden")


def test_film_without_epochs_says_how_to_keep_them() -> None:
    with pytest.raises(ValueError, match=r"keep_params_at=\(0, 1, 2, 5, 10\)"):
        weights_film({}, (2, 2))
