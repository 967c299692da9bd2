"""The checks of the public course notebooks, as they stand there: what a student is told to look at.

Each takes the definitions of a submission, and says whether a student who does what the cell says would go
on: each printed error is below ``SMALL``, each printed number is near what the text beside it names. Inputs,
seeds and expected numbers are those of the public CS231n notebooks (two_layer_net, FullyConnectedNets,
BatchNormalization, Dropout). They give ``sgd`` and the numerical gradient, so these have no cell.

Nothing is imported but NumPy, so that the text can also stand in a notebook beside an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Names = Mapping[str, Any]
SMALL = 1e-6
"""The notebooks ask for 1e-7 or less; their results are printed with eight digits."""
SMALL_IN_NETS = 2e-4
"""Through whole nets they allow 1e-4, which the right net of the notebooks comes to."""


def relative_error(x: Any, y: Any) -> float:
    """The notebooks' own: max |x − y| / max(1e-8, |x| + |y|)."""
    x, y = np.asarray(x), np.asarray(y)
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))))


def numerical(f: Callable[[Any], Any], x: Any, dout: Any = 1.0, h: float = 1e-5) -> Any:
    """eval_numerical_gradient_array: the gradient of Σ f(x)·dout, entry by entry."""
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old = x[place]
        x[place] = old + h
        above = np.array(f(x))
        x[place] = old - h
        below = np.array(f(x))
        x[place] = old
        gradient[place] = np.sum((above - below) * dout) / (2 * h)
    return gradient


def affine_forward(names: Names) -> bool:
    """The published inputs give the published numbers."""
    x = np.linspace(-0.1, 0.5, num=240).reshape(2, 4, 5, 6)
    w = np.linspace(-0.2, 0.3, num=360).reshape(120, 3)
    out, _ = names["affine_forward"](x, w, np.linspace(-0.3, 0.1, num=3))
    due = np.array([[1.49834967, 1.70660132, 1.91485297], [3.25553199, 3.5141327, 3.77273342]])
    return relative_error(out, due) < SMALL


def affine_backward(names: Names) -> bool:
    """Each gradient agrees with the numerical one of the student's own forward."""
    np.random.seed(231)
    x, w, b = np.random.randn(10, 2, 3), np.random.randn(6, 5), np.random.randn(5)
    dout, forward = np.random.randn(10, 5), names["affine_forward"]
    _, cache = forward(x, w, b)
    gradients = names["affine_backward"](dout, cache)
    due = (
        numerical(lambda x: forward(x, w, b)[0], x, dout),
        numerical(lambda w: forward(x, w, b)[0], w, dout),
        numerical(lambda b: forward(x, w, b)[0], b, dout),
    )
    return _all_close(gradients, due)


def relu_forward(names: Names) -> bool:
    """The published input gives the published numbers."""
    out, _ = names["relu_forward"](np.linspace(-0.5, 0.5, num=12).reshape(3, 4))
    due = [[0, 0, 0, 0], [0, 0, 0.04545455, 0.13636364], [0.22727273, 0.31818182, 0.40909091, 0.5]]
    return relative_error(out, due) < SMALL


def relu_backward(names: Names) -> bool:
    """The gradient dx agrees with the numerical one."""
    np.random.seed(231)
    x, dout = np.random.randn(10, 10), np.random.randn(10, 10)
    forward = names["relu_forward"]
    due = numerical(lambda x: forward(x)[0], x, dout)
    return _all_close([names["relu_backward"](dout, forward(x)[1])], [due])


def svm_loss(names: Names) -> bool:
    """The loss is around 9, and dx agrees with the numerical one."""
    return _loss(names["svm_loss"], 9.0, 0.5)


def softmax_loss(names: Names) -> bool:
    """The loss is around 2.3, and dx agrees with the numerical one."""
    return _loss(names["softmax_loss"], 2.3, 0.1)


def _loss(function: Callable[..., Any], around: float, near: float) -> bool:
    np.random.seed(231)
    x = 0.001 * np.random.randn(50, 10)
    y = np.random.randint(10, size=50)
    due = numerical(lambda x: function(x, y)[0], x)
    loss, dx = function(x, y)
    return abs(loss - around) < near and _all_close([dx], [due])


def two_layer_init(names: Names) -> bool:
    """The standard deviations are near what was asked, the biases are 0."""
    net = _two_layer(names, 1e-3)
    spread = all(abs(net.params[name].std() - 1e-3) < 1e-4 for name in ("W1", "W2"))
    return spread and all(bool(np.all(net.params[name] == 0)) for name in ("b1", "b2"))


def two_layer_loss(names: Names) -> bool:
    """Scores and losses of the published weights are the published ones."""
    net, x, y = _published_two_layer(names)
    due = np.array(
        [
            [11.53165108, 12.2917344, 13.05181771, 13.81190102, 14.57198434, 15.33206765, 16.09215096],
            [12.05769098, 12.74614105, 13.43459113, 14.1230412, 14.81149128, 15.49994135, 16.18839143],
            [12.58373087, 13.20054771, 13.81736455, 14.43418138, 15.05099822, 15.66781506, 16.2846319],
        ]
    )
    near = bool(np.abs(net.loss(x) - due).sum() < 1e-6)
    for net.reg, loss in ((0.0, 3.4702243556), (1.0, 26.5948426952)):
        near = near and bool(abs(net.loss(x, y)[0] - loss) < 1e-10)
    return near


def two_layer_gradients(names: Names) -> bool:
    """Each gradient agrees with the numerical one, without and with regularisation."""
    net, x, y = _published_two_layer(names)
    right = True
    for net.reg in (0.0, 0.7):
        right = right and _net_gradients(net, x, y)
    return right


def _two_layer(names: Names, scale: float) -> Any:
    np.random.seed(231)
    return names["TwoLayerNet"](input_dim=5, hidden_dim=50, num_classes=7, weight_scale=scale)


def _published_two_layer(names: Names) -> tuple[Any, Any, Any]:
    net = _two_layer(names, 1e-3)
    net.params["W1"] = np.linspace(-0.7, 0.3, num=250).reshape(5, 50)
    net.params["b1"] = np.linspace(-0.1, 0.9, num=50)
    net.params["W2"] = np.linspace(-0.3, 0.4, num=350).reshape(50, 7)
    net.params["b2"] = np.linspace(-0.9, 0.1, num=7)
    return net, np.linspace(-5.5, 4.5, num=15).reshape(5, 3).T, np.asarray([0, 5, 1])


def _net_gradients(net: Any, x: Any, y: Any) -> bool:
    _, gradients = net.loss(x, y)
    right = True
    for name in sorted(gradients):
        due = numerical(lambda _: net.loss(x, y)[0], net.params[name])
        right = right and relative_error(due, gradients[name]) < SMALL_IN_NETS
    return right


def _deep(names: Names, **settings: Any) -> tuple[Any, Any, Any]:
    np.random.seed(231)
    x, y = np.random.randn(2, 15), np.random.randint(10, size=(2,))
    net = names["FullyConnectedNet"](
        [20, 30], input_dim=15, num_classes=10, weight_scale=5e-2, dtype=np.float64, **settings
    )
    return net, x, y


def deep_loss(names: Names) -> bool:
    """The first loss is around 2.3 without regularisation, and larger with it."""
    net, x, y = _deep(names, reg=0.0)
    strong, _, _ = _deep(names, reg=3.14)
    return bool(abs(net.loss(x, y)[0] - 2.3) < 0.1) and bool(strong.loss(x, y)[0] > 2.4)


def deep_gradients(names: Names) -> bool:
    """Each gradient agrees with the numerical one of the student's own loss."""
    return all(_net_gradients(*_deep(names, reg=reg)) for reg in (0.0, 3.14))


def normalised_gradients(names: Names) -> bool:
    """The same, with batch normalisation and with dropout too, as the later notebooks have it."""
    settings: list[dict[str, Any]] = [{"reg": reg, "normalization": "batchnorm"} for reg in (0.0, 3.14)]
    settings += [{"dropout_keep_ratio": p, "seed": 123} for p in (1, 0.75, 0.5)]
    return deep_gradients(names) and all(_net_gradients(*_deep(names, **one)) for one in settings)


def batchnorm_forward(names: Names) -> bool:
    """Means are near beta and deviations near gamma in training; near 0 and 1 in testing, but noisier."""
    np.random.seed(231)
    w1, w2 = np.random.randn(50, 60), np.random.randn(60, 3)
    forward, right = names["batchnorm_forward"], True

    def activations() -> Any:
        return np.maximum(0, np.random.randn(200, 50).dot(w1)).dot(w2)

    for gamma, beta in ((np.ones(3), np.zeros(3)), (np.array([1.0, 2, 3]), np.array([11.0, 12, 13]))):
        out, _ = forward(activations(), gamma, beta, {"mode": "train"})
        right = right and _near(out.mean(axis=0), beta, 1e-3) and _near(out.std(axis=0), gamma, 1e-3)
    settings = {"mode": "train"}
    for _ in range(50):
        forward(activations(), np.ones(3), np.zeros(3), settings)
    settings["mode"] = "test"
    out, _ = forward(activations(), np.ones(3), np.zeros(3), settings)
    return right and _near(out.mean(axis=0), 0, 0.3) and _near(out.std(axis=0), 1, 0.3)


def layernorm_forward(names: Names) -> bool:
    """Means are near beta and deviations near gamma, for each example."""
    np.random.seed(231)
    x = np.maximum(0, np.random.randn(4, 50).dot(np.random.randn(50, 60))).dot(np.random.randn(60, 3))
    right = True
    for gamma, beta in ((1.0, 0.0), (3.0, 5.0)):
        out, _ = names["layernorm_forward"](x, gamma * np.ones(3), beta * np.ones(3), {})
        right = right and _near(out.mean(axis=1), beta, 1e-3) and _near(out.std(axis=1), gamma, 1e-3)
    return right


def batchnorm_backward(names: Names) -> bool:
    """Each gradient agrees with the numerical one of the student's own forward."""
    return _normalisation(names["batchnorm_forward"], names["batchnorm_backward"], "train")


def layernorm_backward(names: Names) -> bool:
    """Each gradient agrees with the numerical one of the student's own forward."""
    return _normalisation(names["layernorm_forward"], names["layernorm_backward"], "")


def _normalisation(forward: Callable[..., Any], backward: Callable[..., Any], mode: str) -> bool:
    np.random.seed(231)
    x, gamma, beta = 5 * np.random.randn(4, 5) + 12, np.random.randn(5), np.random.randn(5)
    dout = np.random.randn(4, 5)

    def out(x: Any, gamma: Any, beta: Any) -> Any:
        return forward(x, gamma, beta, {"mode": mode} if mode else {})

    due = (
        numerical(lambda x: out(x, gamma, beta)[0], x, dout),
        numerical(lambda gamma: out(x, gamma, beta)[0], gamma, dout),
        numerical(lambda beta: out(x, gamma, beta)[0], beta, dout),
    )
    return _all_close(backward(dout, out(x, gamma, beta)[1]), due)


def dropout_forward(names: Names) -> bool:
    """Means stay near 10; the share of zeros is near 1 − p in training, and 0 in testing."""
    np.random.seed(231)
    x, right = np.random.randn(500, 500) + 10, True
    for p in (0.25, 0.4, 0.7):
        trained, _ = names["dropout_forward"](x, {"mode": "train", "p": p})
        tested, _ = names["dropout_forward"](x, {"mode": "test", "p": p})
        right = right and _near(trained.mean(), x.mean(), 0.1) and _near(tested.mean(), x.mean(), 0.1)
        right = right and _near((trained == 0).mean(), 1 - p, 0.01) and not np.any(tested == 0)
    return right


def dropout_backward(names: Names) -> bool:
    """The gradient dx agrees with the numerical one, with the mask that the seed gives."""
    np.random.seed(231)
    x, dout = np.random.randn(10, 10) + 10, np.random.randn(10, 10)
    settings = {"mode": "train", "p": 0.2, "seed": 123}
    _, cache = names["dropout_forward"](x, settings)
    dx = names["dropout_backward"](dout, cache)
    return _all_close([dx], [numerical(lambda x: names["dropout_forward"](x, settings)[0], x, dout)])


def _all_close(found: Any, due: Any) -> bool:
    return all(relative_error(a, b) < SMALL for a, b in zip(found, due, strict=True))


def _near(values: Any, due: Any, by: float) -> bool:
    return bool(np.all(np.abs(values - due) < by))


CELLS: dict[str, Callable[[Names], bool]] = {
    "affine_forward": affine_forward,
    "affine_backward": affine_backward,
    "relu_forward": relu_forward,
    "relu_backward": relu_backward,
    "svm_loss": svm_loss,
    "softmax_loss": softmax_loss,
    "TwoLayerNet.init": two_layer_init,
    "TwoLayerNet.loss": two_layer_loss,
    "TwoLayerNet.gradients": two_layer_gradients,
    "batchnorm_forward": batchnorm_forward,
    "batchnorm_backward": batchnorm_backward,
    "layernorm_forward": layernorm_forward,
    "layernorm_backward": layernorm_backward,
    "dropout_forward": dropout_forward,
    "dropout_backward": dropout_backward,
    "FullyConnectedNet.loss": deep_loss,
    "FullyConnectedNet.gradients": normalised_gradients,
}
"""By question; the rules' own cells are in ``benchmarks.mistakes``. What is not here has no cell."""
