"""A net of any depth: gradients against measured slopes, with and without what stands in brackets."""

import inspect
from typing import Any

import numpy as np
import pytest

from reference.deep_network import FullyConnectedNet
from tests.reference.measured import Array, gradient, scaled_error

RNG = np.random.default_rng(9)
X, Y = RNG.normal(size=(6, 2, 3)), np.array([3, 0, 1, 2, 2, 1])


def net(hidden: list[int], **options: Any) -> FullyConnectedNet:
    """Weights of 0.5 and biases, gammas and betas that are not 0."""
    np.random.seed(5)
    made = FullyConnectedNet(hidden, 6, 4, dtype=np.float64, **options)
    rng = np.random.default_rng(2)
    made.params = {name: rng.normal(scale=0.5, size=p.shape) for name, p in made.params.items()}
    return made


def loss_and_grads(model: FullyConnectedNet) -> tuple[float, dict[str, Array]]:
    result = model.loss(X, Y)
    assert isinstance(result, tuple)
    return float(result[0]), result[1]


@pytest.mark.parametrize("hidden", [[5], [5, 7], [7, 5, 6, 4]])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"reg": 0.7},
        {"normalization": "batchnorm", "reg": 0.7},
        {"normalization": "layernorm"},
        {"dropout_keep_ratio": 0.6, "seed": 1},
        {"normalization": "batchnorm", "dropout_keep_ratio": 0.6, "seed": 1, "reg": 0.1},
    ],
    ids=lambda options: ",".join(options) or "plain",
)
def test_gradients_agree_with_measured_slopes(hidden: list[int], options: dict[str, Any]) -> None:
    model = net(hidden, **options)
    _, grads = loss_and_grads(model)
    assert grads.keys() == model.params.keys()
    for name, value in model.params.items():

        def loss_at(moved: Array, name: str = name, value: Array = value) -> float:
            model.params[name] = moved
            loss, _ = loss_and_grads(model)
            model.params[name] = value
            return loss

        measured = gradient(loss_at, value)
        if np.max(np.abs(measured)) < 1e-8:  # a bias before batch normalisation moves nothing
            np.testing.assert_allclose(grads[name], 0, atol=1e-8)
        else:
            assert scaled_error(grads[name], measured) < 1e-6, name


def test_parameters_are_those_of_the_contract() -> None:
    sizes = {name: p.shape for name, p in FullyConnectedNet([5, 7], 6, 4).params.items()}
    assert sizes == {"W1": (6, 5), "b1": (5,), "W2": (5, 7), "b2": (7,), "W3": (7, 4), "b3": (4,)}
    normalised = FullyConnectedNet([5, 7], 6, 4, normalization="batchnorm").params
    assert set(normalised) - set(sizes) == {"gamma1", "beta1", "gamma2", "beta2"}
    assert np.all(normalised["gamma2"] == 1)
    assert all(p.dtype == np.float32 for p in normalised.values())


def test_scores_are_of_the_test_mode() -> None:
    model = net([5, 7], normalization="batchnorm", dropout_keep_ratio=0.5)
    scores = model.loss(X)
    np.testing.assert_array_equal(scores, model.loss(X))  # nothing is dropped
    alone = model.loss(X[:1])
    assert isinstance(alone, np.ndarray)
    np.testing.assert_allclose(alone, np.asarray(scores)[:1])  # and no example depends on the batch


def test_defaults_are_the_contracts() -> None:
    parameters = list(inspect.signature(FullyConnectedNet).parameters.values())[1:]
    assert [(p.name, p.default) for p in parameters] == [
        ("input_dim", 3072),
        ("num_classes", 10),
        ("dropout_keep_ratio", 1),
        ("normalization", None),
        ("reg", 0.0),
        ("weight_scale", 1e-2),
        ("dtype", np.float32),
        ("seed", None),
    ]
