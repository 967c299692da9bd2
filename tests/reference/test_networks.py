import inspect
from typing import Any

import numpy as np
import pytest

from reference.networks import TwoLayerNet
from tests.reference.measured import Array, gradient, scaled_error
from tests.reference.published import NUMBERS, array

PUBLISHED = NUMBERS["TwoLayerNet"]


def loss_and_grads(net: TwoLayerNet, X: Array, y: Array) -> tuple[float, dict[str, Array]]:
    result = net.loss(X, y)
    assert isinstance(result, tuple)
    return float(result[0]), result[1]


def scores_of(net: TwoLayerNet, X: Array) -> Array:
    result = net.loss(X)
    assert isinstance(result, np.ndarray)
    return result


def published_net(reg: float) -> tuple[TwoLayerNet, Array, Array]:
    shape = PUBLISHED["shape"]
    net = TwoLayerNet(shape["D"], shape["H"], shape["C"], weight_scale=1e-3, reg=reg)
    net.params = {name: array(recipe) for name, recipe in PUBLISHED["params"].items()}
    return net, array(PUBLISHED["X"]), np.array(PUBLISHED["y"])


def telling_net(reg: float) -> tuple[TwoLayerNet, Array, Array]:
    """Weights of 0.5 and biases that are not 0; hidden units and scores of both signs."""
    rng = np.random.default_rng(2)
    net = TwoLayerNet(6, 7, 4, reg=reg)
    net.params = {name: rng.normal(scale=0.5, size=p.shape) for name, p in net.params.items()}
    return net, rng.normal(size=(5, 2, 3)), np.array([3, 0, 1, 2, 2])


def test_scores_are_the_published_ones() -> None:
    net, X, _ = published_net(reg=0.0)
    np.testing.assert_allclose(scores_of(net, X), PUBLISHED["scores"], rtol=0, atol=1e-8)


@pytest.mark.parametrize(("reg", "key"), [(0.0, "loss_reg_0"), (1.0, "loss_reg_1")])
def test_losses_are_the_published_ones(reg: float, key: str) -> None:
    loss, _ = loss_and_grads(*published_net(reg))
    np.testing.assert_allclose(loss, PUBLISHED[key], rtol=0, atol=PUBLISHED["atol"])


@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_gradients_agree_with_measured_slopes(reg: float) -> None:
    net, X, y = telling_net(reg)
    _, grads = loss_and_grads(net, X, y)
    assert grads.keys() == net.params.keys()
    for name, value in net.params.items():

        def loss_at(moved: Array, name: str = name, value: Array = value) -> float:
            net.params[name] = moved
            loss, _ = loss_and_grads(net, X, y)
            net.params[name] = value
            return loss

        assert scaled_error(grads[name], gradient(loss_at, value)) < 1e-8, name


def test_scores_may_be_negative() -> None:
    net, X, _ = telling_net(reg=0.0)
    p = net.params
    hidden = np.maximum(0, X.reshape(5, 6) @ p["W1"] + p["b1"])
    np.testing.assert_allclose(scores_of(net, X), hidden @ p["W2"] + p["b2"])
    assert (scores_of(net, X) < -0.1).any()


def test_regularisation_is_half_the_squared_weights_and_no_bias() -> None:
    plain, X, y = telling_net(reg=0.0)
    loss, grads = loss_and_grads(plain, X, y)
    regularised, _, _ = telling_net(reg=0.7)
    more, more_grads = loss_and_grads(regularised, X, y)
    W1, W2 = plain.params["W1"], plain.params["W2"]
    np.testing.assert_allclose(more - loss, 0.35 * (np.sum(W1**2) + np.sum(W2**2)))
    np.testing.assert_allclose(more_grads["W1"] - grads["W1"], 0.7 * W1, atol=1e-12)
    np.testing.assert_allclose(more_grads["W2"] - grads["W2"], 0.7 * W2, atol=1e-12)
    np.testing.assert_array_equal(more_grads["b1"], grads["b1"])
    np.testing.assert_array_equal(more_grads["b2"], grads["b2"])


def test_defaults_are_the_contracts() -> None:
    defaults: dict[str, Any] = {
        name: parameter.default for name, parameter in inspect.signature(TwoLayerNet).parameters.items()
    }
    assert list(defaults.items()) == [
        ("input_dim", 3072),
        ("hidden_dim", 100),
        ("num_classes", 10),
        ("weight_scale", 1e-3),
        ("reg", 0.0),
    ]


def test_weights_start_normal_and_biases_zero() -> None:
    np.random.seed(0)
    params = TwoLayerNet(1000, 200, 500, weight_scale=0.3).params
    assert {name: p.shape for name, p in params.items()} == {
        "W1": (1000, 200),
        "b1": (200,),
        "W2": (200, 500),
        "b2": (500,),
    }
    assert not params["b1"].any()
    assert not params["b2"].any()
    for name in ("W1", "W2"):
        weights = params[name]  # 10⁵ or more: 5 standard errors of mean and deviation
        assert abs(weights.mean()) < 5 * 0.3 / np.sqrt(weights.size), name
        assert abs(weights.std() / 0.3 - 1) < 5 / np.sqrt(2 * weights.size), name
        within_one = np.mean(np.abs(weights) < 0.3)  # 0.683 if normal, 0.577 if uniform
        assert abs(within_one - 0.683) < 0.01, name


def test_initial_loss_is_log_of_the_number_of_classes() -> None:
    np.random.seed(0)
    X, y = np.random.default_rng(0).normal(size=(20, 3, 32, 32)), np.arange(20) % 10
    loss, _ = loss_and_grads(TwoLayerNet(), X, y)
    np.testing.assert_allclose(loss, np.log(10), atol=0.02)
