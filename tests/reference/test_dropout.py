"""Dropout: the mean stays, the mask is one and the same in both directions."""

from typing import Any

import numpy as np
import pytest

from reference.dropout import dropout_backward, dropout_forward

X = np.full((200, 100), 10.0)


@pytest.mark.parametrize("p", [0.25, 0.7])
def test_the_share_that_is_kept_is_p_and_the_mean_stays(p: float) -> None:
    np.random.seed(0)
    out, _ = dropout_forward(X, {"mode": "train", "p": p})
    np.testing.assert_allclose(np.mean(out != 0), p, atol=0.02)
    np.testing.assert_allclose(out.mean(), 10.0, atol=0.3)
    np.testing.assert_allclose(out[out != 0], 10.0 / p)


def test_backward_uses_the_mask_of_forward() -> None:
    out, cache = dropout_forward(X, {"mode": "train", "p": 0.5, "seed": 3})
    np.testing.assert_array_equal(dropout_backward(X, cache), out)
    again, _ = dropout_forward(X, {"mode": "train", "p": 0.5, "seed": 3})
    np.testing.assert_array_equal(again, out)


def test_when_testing_nothing_is_dropped() -> None:
    out, cache = dropout_forward(X, {"mode": "test", "p": 0.1})
    np.testing.assert_array_equal(out, X)
    np.testing.assert_array_equal(dropout_backward(X, cache), X)


def test_the_type_of_numbers_stays() -> None:
    out, _ = dropout_forward(X.astype(np.float32), {"mode": "train", "p": 0.5})
    assert out.dtype == np.float32


def test_an_unknown_mode_is_refused() -> None:
    settings: dict[str, Any] = {"mode": "training", "p": 0.5}
    with pytest.raises(ValueError, match="train"):
        dropout_forward(X, settings)
