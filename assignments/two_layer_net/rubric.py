"""Rubric of the two-layer net: what is called, on which inputs, what is checked, and for how many points.

Sizes climb from one number to a small batch, N, D, M and C all different; the first rung that fails is the
smallest that fails, and is the one that the student sees.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from assignments.nets import filled
from assignments.tree import FILES
from grader.checks import (
    Check,
    batch_of_one,
    gradient,
    keys,
    left_alone,
    normal,
    same,
    separate,
    stability,
    unchanged,
    values,
    zeros,
)
from grader.course import Draw, Formula, Rubric, Training, apply
from grader.toolkit import load_fashion

rubric = Rubric(
    title="A two-layer net",
    version="1.0",
    reference=(
        "reference.numerical",
        "reference.layers",
        "reference.losses",
        "reference.optimizers",
        "reference.networks",
    ),
    files=FILES,
)
Checks = list[Check]

# ------------------------------------------------------------------------------------------ measuring

numerical = rubric.question(
    "numerical_gradient", "The ruler: central differences", points={"grad": 5, "x": 1}
)


@numerical.on((1,), (3,), (2, 3), (2, 3, 2))
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    x = draw(*shape)
    cubes = Formula("float(np.sum(x ** 3))")
    grad = impl.numerical_gradient(cubes, x)
    wide = impl.numerical_gradient(cubes, x, 1e-2)  # here the error of the method itself, h², is seen
    near = impl.numerical_gradient(cubes, 1e-3 * x)  # and here too, of the step that nobody chose
    measured = [values(tolerance="numerical", grad=grad), values(grad=wide), values(grad=near)]
    if len(shape) != 2:
        return [*measured, unchanged("x", x=grad)]
    held, fourth = apply(impl, "x", x), Formula("float(np.sum(x ** 4))")
    impl.numerical_gradient(cubes, held)
    used, fresh = impl.numerical_gradient(fourth, held), impl.numerical_gradient(fourth, x)
    return [*measured, unchanged("x", x=grad), same(x=(fresh, used))]


@numerical.on((2, 3), (3, 4))
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    """A function that mixes the elements of x: each slope is measured with all others where they were."""
    x = np.abs(draw(*shape))
    grad = impl.numerical_gradient(Formula("float(np.sum(x) ** 3)"), x, 1e-2)
    # Beside a step of 1 these have few digits: x + h − h is not x.
    moved = impl.numerical_gradient(Formula("float(np.sum(x ** 3))"), 1e-6 * draw.normal(*shape), 1.0)
    return [values(grad=grad), unchanged("x", x=moved)]


# ------------------------------------------------------------------------------------------ layers

SIZES = ((1, (1,), 1), (1, (2,), 3), (2, (3,), 4), (4, (2, 3), 5), (5, (2, 3, 4), 7))
affine = rubric.question("affine_forward", "Affine layer, forward", points={"out": 5})


@affine.on(*SIZES)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], M: int) -> Checks:
    out, _ = impl.affine_forward(draw(N, *d), draw(prod(d), M), draw(M, scale=0.5))
    return [values(out=out), unchanged("x", "w", "b", out=out)]


@affine.on((4, (2, 3), 5), hidden=False)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], M: int) -> Checks:
    x, w, b = draw(N, *d), draw(prod(d), M), draw(M)
    together, _ = impl.affine_forward(x, w, b)
    alone, _ = impl.affine_forward(x[:1], w, b)
    return [batch_of_one(out=(alone, together))]


affine_back = rubric.question(
    "affine_backward", "Affine layer, backward", points={"dx": 3, "dw": 3, "db": 3}, needs=["affine_forward"]
)


@affine_back.on(*SIZES)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], M: int) -> Checks:
    x, w, b, dout = draw(N, *d), draw(prod(d), M), draw(M), draw(N, M)
    out, cache = impl.affine_forward(x, w, b)
    dx, dw, db = impl.affine_backward(dout, cache)
    checks = [values(dx=dx, dw=dw, db=db), unchanged("cache", dx=dx)]
    return [*checks, gradient(of=out, dout=dout, dx=(x, dx), dw=(w, dw), db=(b, db))] if N == 4 else checks


relu = rubric.question("relu_forward", "ReLU, forward", points={"out": 2})
SHAPES = ((1, 1), (2, 3), (3, 4, 5))


@relu.on(*SHAPES)
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    out, _ = impl.relu_forward(draw(*shape))
    return [values(out=out), unchanged("x", out=out)]


relu_back = rubric.question(
    "relu_backward", "ReLU, backward", points={"dx": 3, "cache": 1}, needs=["relu_forward"]
)


@relu_back.on(*SHAPES)
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    x, dout = draw(*shape), draw(*shape)
    draw.away_from_zero(x)  # at 0 itself, dx may be 0 or dout
    out, cache = impl.relu_forward(x)
    dx = impl.relu_backward(dout, cache)
    checks = [values(dx=dx), unchanged("cache", cache=dx)]
    if len(shape) != 3:
        return checks
    _, unused = impl.relu_forward(x)
    used, fresh = impl.relu_backward(-2.0 * dout, cache), impl.relu_backward(-2.0 * dout, unused)
    return [*checks, same(cache=(fresh, used)), gradient(of=out, dout=dout, dx=(x, dx))]


# ------------------------------------------------------------------------------------------ losses

softmax = rubric.question(
    "softmax_loss",
    "Softmax loss",
    points={"loss": 2, "dx": 3, "stable": 1, "scores": 1},
)
BATCHES = ((1, 2), (2, 3), (5, 4), (7, 10))


@softmax.on(*BATCHES)
def _(impl: Any, draw: Draw, N: int, C: int) -> Checks:
    x = draw(N, C)
    loss, dx = impl.softmax_loss(x, draw.labels(N, C))
    checks = [values(tolerance="loss", loss=loss), values(dx=dx), unchanged("x", scores=loss)]
    return [*checks, gradient(of=loss, dx=(x, dx))] if N == 5 else checks


@softmax.on((3, 4), (6, 5))
def _(impl: Any, draw: Draw, N: int, C: int) -> Checks:
    labels = draw.labels(N, C)
    x = 1e4 * np.sign(draw(N, C))
    x -= np.linspace(0, 1e4, N)[:, None]  # rows far apart: one maximum for the whole batch will not do
    x[np.arange(N), labels] = x.max(axis=1) + 1e4  # the true class is the largest: the loss is finite
    loss, dx = impl.softmax_loss(x, labels)
    return [stability(stable=loss), stability(stable=dx)]


svm = rubric.question("svm_loss", "SVM loss", points={"loss": 2, "dx": 2})


@svm.on(*BATCHES)
def _(impl: Any, draw: Draw, N: int, C: int) -> Checks:
    x = draw(N, C, scale=2.0) if not draw.small else draw(N, C) + 0.25 * np.arange(C)
    labels = draw.labels(N, C)
    margins = x - x[np.arange(N), labels][:, None] + 1
    draw.away_from_zero(margins)
    loss, dx = impl.svm_loss(x, labels)
    checks = [values(tolerance="loss", loss=loss), values(dx=dx), unchanged("x", loss=loss)]
    return [*checks, gradient(of=loss, dx=(x, dx))] if N == 5 else checks


# ------------------------------------------------------------------------------------------ optimizer

sgd = rubric.question("sgd", "Stochastic gradient descent", points={"next_w": 2})


@sgd.on((1, 1), (3, 4))
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    w, config = draw(*shape), {"learning_rate": 0.25}
    first, config = impl.sgd(w, draw(*shape), config)
    second, config = impl.sgd(first, draw(*shape), config)  # the config that came back is handed in again
    return [values(next_w=second)]


@sgd.on((2, 3))
def _(impl: Any, draw: Draw, *shape: int) -> Checks:
    next_w, _ = impl.sgd(draw(*shape), draw(*shape))  # without a config: learning rate 1e-2
    return [values(next_w=next_w)]


# ------------------------------------------------------------------------------------------ the net

init = rubric.question(
    "TwoLayerNet.init",
    "The net's parameters",
    points={"params": 1, "weights": 1, "biases": 1},
    definition="TwoLayerNet.__init__",
)


@init.on((4, 3, 2), hidden=False)
def _(impl: Any, draw: Draw, D: int, H: int, C: int) -> Checks:
    params = impl.TwoLayerNet(D, H, C).params
    return [keys(params=params), zeros(biases=params["b1"]), zeros(biases=params["b2"])]


@init.on((350, 330, 340))
def _(impl: Any, draw: Draw, D: int, H: int, C: int) -> Checks:
    spread = float(np.round(0.1 + 0.4 * draw.rng.random(), 3))  # over 10⁵ weights: 2 % decides
    params = impl.TwoLayerNet(D, H, C, weight_scale=spread).params
    return [normal(spread, weights=params["W1"]), normal(spread, weights=params["W2"])]


@init.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    params = impl.TwoLayerNet().params  # 3,072 inputs, 100 hidden units, 10 classes, weight_scale 1e-3
    return [normal(1e-3, weights=params["W1"]), zeros(biases=params["b1"]), zeros(biases=params["b2"])]


@init.on((4, 3, 3), (3, 5, 2), hidden=False)
def _(impl: Any, draw: Draw, D: int, H: int, C: int) -> Checks:
    nets = [impl.TwoLayerNet(D, H, C) for _ in range(2)]
    return [separate(biases=filled(impl, *nets))]


NETS = ((1, (1,), 1, 2), (2, (3,), 4, 3), (5, (2, 3), 7, 4))
LAYERS = ("affine_forward", "relu_forward", "softmax_loss")


def _net(impl: Any, draw: Draw, N: int, d: tuple[int, ...], H: int, C: int, reg: float) -> Any:
    """A net with weights of either sign and biases that are not 0, off every kink; and a batch for it."""
    D = prod(d)
    X = draw(N, *d)
    W1, b1, W2, b2 = draw(D, H, scale=0.5), draw(H, scale=0.5), draw(H, C, scale=0.5), draw(C, scale=0.5)
    hidden = X.reshape(N, D) @ W1 + b1
    scores = np.maximum(hidden, 0) @ W2 + b2
    draw.away_from_zero(hidden, scores)
    draw.require(np.any(hidden > 0))  # of a net that is dead nothing can be learnt
    draw.require(np.ptp(W2, axis=1).min() > 0)  # equal weights to all classes: a gradient of rounding errors
    draw.require(np.ptp(scores, axis=1).max() < 8)  # p − 1 of a saturated softmax has no digits left
    model = impl.TwoLayerNet(D, H, C, weight_scale=0.5, reg=reg)
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    model.set(params=params)
    return model, params, X, draw.labels(N, C)


loss = rubric.question(
    "TwoLayerNet.loss",
    "The net's scores and loss",
    points={"scores": 2, "loss": 1, "regularised_loss": 2},
    needs=[*LAYERS, "affine_backward", "relu_backward", "TwoLayerNet.init"],
)


@loss.on(*NETS)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], H: int, C: int) -> Checks:
    model, _, X, y = _net(impl, draw, N, d, H, C, reg=0.0)
    scores = model.loss(X)
    after_scores = model.params
    data_loss, _ = model.loss(X, y)
    checks = [values(scores=scores), values(tolerance="loss", loss=data_loss)]
    return [*checks, unchanged("X", scores=scores), left_alone("loss", "self.params", scores=after_scores)]


@loss.on(*NETS)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], H: int, C: int) -> Checks:
    model, _, X, y = _net(impl, draw, N, d, H, C, reg=0.7)
    whole_loss, _ = model.loss(X, y)
    return [
        values(tolerance="loss", regularised_loss=whole_loss),
        unchanged("X", "y", regularised_loss=whole_loss),
        left_alone("loss", "self.params", regularised_loss=model.params),
    ]


gradients = rubric.question(
    "TwoLayerNet.gradients",
    "The net's gradients",
    points={"W1": 2, "b1": 2, "W2": 2, "b2": 2},
    needs=[*LAYERS, "affine_backward", "relu_backward", "TwoLayerNet.init", "TwoLayerNet.loss"],
    definition="TwoLayerNet.loss",
)


@gradients.on(*NETS)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], H: int, C: int) -> Checks:
    model, _, X, y = _net(impl, draw, N, d, H, C, reg=0.0)
    _, grads = model.loss(X, y)
    return [values(W1=grads["W1"], b1=grads["b1"], W2=grads["W2"], b2=grads["b2"])]


@gradients.on(*NETS)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], H: int, C: int) -> Checks:
    model, params, X, y = _net(impl, draw, N, d, H, C, reg=0.7)
    total, grads = model.loss(X, y)
    checks = [values(W1=grads["W1"], b1=grads["b1"], W2=grads["W2"], b2=grads["b2"])]
    derivatives = {name: (params[name], grads[name]) for name in params}
    return [*checks, gradient(of=total, **derivatives)] if N == 5 else checks


# ------------------------------------------------------------------------------------------ training


def _images() -> dict[str, Any]:
    return load_fashion("flat", num_train=4000, num_val=1000, num_test=1000)


def _train(chosen: dict[str, Any]) -> dict[str, Training]:
    def net(impl: Any) -> Any:
        return impl.TwoLayerNet(
            28 * 28, chosen["hidden_dim"], 10, weight_scale=chosen["weight_scale"], reg=chosen["reg"]
        )

    run = Training(
        net,
        "sgd",
        chosen["learning_rate"],
        chosen["batch_size"],
        chosen["num_epochs"],
        lr_decay=chosen["lr_decay"],
    )
    return {"": run}


rubric.experiment(
    "train",
    "Train it",
    points=22,
    hyperparameters="hyperparameters",
    limits={
        "hidden_dim": (1, 128),
        "learning_rate": (0, 100),
        "lr_decay": (0, 1),
        "reg": (0, 10),
        "weight_scale": (0, 10),
        "batch_size": (10, 500),
        "num_epochs": (1, 10),
    },
    needs=[
        "TwoLayerNet.init",
        "TwoLayerNet.loss",
        "TwoLayerNet.gradients",
        "sgd",
        *LAYERS,
        "affine_backward",
        "relu_backward",
    ],
    accuracy_range=(0.60, 0.80),
    seconds=10,
    data=_images,
    runs=_train,
)

# ------------------------------------------------------------------------------------------ thinking

rubric.literal("shape_drill", "Shapes on paper", points=4)
rubric.literal("predictions", "Predict, then run", points=4, revealed=False)
rubric.written("written_initialisation", "Written: the start", points=5)
rubric.written("written_relu_on_scores", "Written: ReLU on the scores", points=5)
rubric.written("written_curves", "Written: reading the curves", points=5)
