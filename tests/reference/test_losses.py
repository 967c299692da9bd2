from collections.abc import Callable

import numpy as np
import pytest

from reference.losses import softmax_loss, svm_loss
from tests.reference.measured import Array, gradient, scaled_error

Loss = Callable[[Array, Array], tuple[float, Array]]


@pytest.fixture
def scores() -> tuple[Array, Array]:
    """Scores (7, 4) of both signs, and labels among which every class occurs."""
    return np.random.default_rng(0).normal(scale=2.0, size=(7, 4)), np.array([0, 1, 2, 3, 3, 1, 0])


@pytest.mark.parametrize("loss", [softmax_loss, svm_loss])
def test_gradient_agrees_with_measured_slopes(loss: Loss, scores: tuple[Array, Array]) -> None:
    x, y = scores
    _, dx = loss(x, y)
    assert scaled_error(dx, gradient(lambda v: loss(v, y)[0], x)) < 1e-8


@pytest.mark.parametrize("loss", [softmax_loss, svm_loss])
def test_scores_are_left_as_they_are(loss: Loss, scores: tuple[Array, Array]) -> None:
    x, y = scores
    before = x.copy()
    loss(x, y)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("loss", [softmax_loss, svm_loss])
def test_moving_all_scores_of_an_example_changes_nothing(loss: Loss, scores: tuple[Array, Array]) -> None:
    x, y = scores
    value, dx = loss(x, y)
    moved, dmoved = loss(x + np.arange(7.0)[:, np.newaxis] * 1000, y)
    np.testing.assert_allclose(moved, value, rtol=1e-12)
    np.testing.assert_allclose(dmoved, dx, rtol=0, atol=1e-12)


def test_softmax_loss_is_the_mean_of_minus_log_p(scores: tuple[Array, Array]) -> None:
    x, y = scores
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    value, _ = softmax_loss(x, y)
    np.testing.assert_allclose(value, np.mean([-np.log(p[i, c]) for i, c in enumerate(y)]))


def test_softmax_loss_of_equal_scores_is_log_c() -> None:
    np.testing.assert_allclose(softmax_loss(np.zeros((3, 10)), np.array([0, 5, 9]))[0], np.log(10))


def test_softmax_loss_is_finite_for_huge_scores() -> None:
    x = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4], [0.0, -1e4, 1e4]])
    value, dx = softmax_loss(x, np.array([0, 1, 2]))
    np.testing.assert_allclose(value, np.log(2) / 3)
    np.testing.assert_allclose(dx, np.array([[0, 0, 0], [0, -0.5, 0.5], [0, 0, 0]]) / 3)


def test_softmax_loss_of_a_hopeless_example_is_still_finite() -> None:
    # The probability of the true class underflows to 0; its logarithm, computed directly, does not.
    assert softmax_loss(np.array([[1e4, -1e4]]), np.array([1]))[0] == 2e4


def test_svm_loss_by_hand() -> None:
    # Row 0: class 1 is 0.5 below the true class, 0.5 short; class 2 far below. Row 1: 3 and 1 above.
    x = np.array([[2.0, 1.5, -4.0], [3.0, 0.0, 1.0]])
    value, dx = svm_loss(x, np.array([0, 1]))
    np.testing.assert_allclose(value, (0.5 + 4.0 + 2.0) / 2)
    np.testing.assert_allclose(dx, np.array([[-1, 1, 0], [1, -2, 1]]) / 2)


def test_svm_loss_on_the_margin_has_no_slope() -> None:
    value, dx = svm_loss(np.array([[1.0, 0.0]]), np.array([0]))
    assert value == 0
    np.testing.assert_array_equal(dx, [[0.0, 0.0]])
