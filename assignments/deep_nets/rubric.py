"""Rubric of the third assignment: normalisation, dropout, two experiments on starting and regularising."""

from __future__ import annotations

from typing import Any

import numpy as np

from assignments.deep_nets import dropped_nets, experiments
from assignments.fully_connected_nets.rubric import rubric as fully_connected_nets
from assignments.nets import SHALLOW, Rung, drawn_net, filled
from assignments.tree import FILES
from grader.checks import (
    Check,
    dropout,
    dropout_gradient,
    fresh_masks,
    gradient,
    keys,
    left_alone,
    masked_net,
    negligible,
    normal,
    own_gradient,
    precision,
    same,
    separate,
    steps,
    unchanged,
    values,
    zeros,
)
from grader.course import Draw, Rubric, apply, update

rubric = Rubric(
    title="Starting and regularising deep nets",
    version="1.0",
    reference=(
        "reference.layers",
        "reference.losses",
        "reference.optimizers",
        "reference.normalization",
        "reference.dropout",
        "reference.deep_network",
    ),
    files=FILES,
)
Checks = list[Check]

LAYERS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward")
rubric.reuse(fully_connected_nets, *LAYERS, "softmax_loss", "adam")

SIZES = ((2, 1), (3, 2), (5, 4), (8, 6))


def _spread(draw: Draw, x: Any, axis: int) -> None:
    """Ask for features (or examples) that are not constant: of those there is nothing to normalise."""
    draw.require(np.std(x, axis=axis).min() > 0.1)


# ------------------------------------------------------------------------------------------ batch norm

batch = rubric.question(
    "batchnorm_forward",
    "Batch normalisation, forward",
    points={"out": 2, "running_mean": 1, "running_var": 1, "test": 2},
)


@batch.on(*SIZES)
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    x, gamma, beta = draw(N, D), draw(D), draw(D)
    _spread(draw, x, 0)
    out, _ = impl.batchnorm_forward(x, gamma, beta, {"mode": "train"})
    return [values(out=out), unchanged("x", "gamma", "beta", out=out)]


@batch.on((2, 2), (4, 3))
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    """Units of very different sizes, far from 0, and an eps that counts."""
    x = draw(N, D) * 10.0 ** np.arange(D) + 7.0
    _spread(draw, x, 0)
    out, _ = impl.batchnorm_forward(x, draw(D), draw(D), {"mode": "train", "eps": 0.25})
    return [values(out=out)]


@batch.on((2, 1), (4, 3), (6, 5))
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    """Running statistics, step by step: the state of each step is drawn, and laid over what came before."""
    found: dict[str, list[Any]] = {"running_mean": [], "running_var": []}
    kept = apply(impl, "x", {"mode": "train", "momentum": 0.75})
    for number in range(3):
        if number:
            state = {"running_mean": draw(D), "running_var": np.abs(draw(D)) + 0.5}
            kept = update(impl, kept, **state)
        x = draw(N, D) + 2.0
        _spread(draw, x, 0)
        impl.batchnorm_forward(x, draw(D), draw(D), kept)
        kept = apply(impl, "x", kept)  # as it is now
        for name in found:
            found[name].append(kept[name])
    return [steps(**found)]


@batch.on((4, 3), hidden=False)
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    """Without a momentum it is 0.9, and the statistics start at 0."""
    kept = apply(impl, "x", {"mode": "train"})
    x = draw(N, D) + 2.0
    _spread(draw, x, 0)
    impl.batchnorm_forward(x, draw(D), draw(D), kept)
    kept = apply(impl, "x", kept)
    return [steps(running_mean=[kept["running_mean"]], running_var=[kept["running_var"]])]


@batch.on((1, 1), (1, 3), (5, 4))
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    statistics = {"running_mean": draw(D), "running_var": np.abs(draw(D)) + 0.5}
    kept = apply(impl, "x", {"mode": "test", **statistics})
    out, _ = impl.batchnorm_forward(draw(N, D), draw(D), draw(D), kept)
    kept = apply(impl, "x", kept)  # testing leaves the statistics as they were
    return [values(test=out), values(test=kept["running_mean"]), values(test=kept["running_var"])]


batch_back = rubric.question(
    "batchnorm_backward",
    "Batch normalisation, backward",
    points={"dx": 3, "dgamma": 1, "dbeta": 1},
    needs=["batchnorm_forward"],
)


@batch_back.on(*SIZES)
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    x, gamma, beta, dout = draw(N, D), draw(D), draw(D), draw(N, D)
    _spread(draw, x, 0)
    out, cache = impl.batchnorm_forward(x, gamma, beta, {"mode": "train", "eps": 0.25})
    dx, dgamma, dbeta = impl.batchnorm_backward(dout, cache)
    checks = [values(dx=dx, dgamma=dgamma, dbeta=dbeta)]
    if N != 5:
        return checks
    return [*checks, gradient(of=out, dout=dout, dx=(x, dx), dgamma=(gamma, dgamma), dbeta=(beta, dbeta))]


# ------------------------------------------------------------------------------------------ layer norm

layer = rubric.question("layernorm_forward", "Layer normalisation, forward", points={"out": 3})
LAYER_SIZES = ((1, 2), (2, 3), (5, 4), (6, 8))


@layer.on(*LAYER_SIZES)
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    x, gamma, beta = draw(N, D), draw(D), draw(D)
    _spread(draw, x, 1)
    out, _ = impl.layernorm_forward(x, gamma, beta, {} if draw.small else {"eps": 0.25})
    return [values(out=out), unchanged("x", "gamma", "beta", out=out)]


layer_back = rubric.question(
    "layernorm_backward",
    "Layer normalisation, backward",
    points={"dx": 2, "dgamma": 1, "dbeta": 1},
    needs=["layernorm_forward"],
)


@layer_back.on(*LAYER_SIZES)
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    x, gamma, beta, dout = draw(N, D), draw(D), draw(D), draw(N, D)
    _spread(draw, x, 1)
    out, cache = impl.layernorm_forward(x, gamma, beta, {"eps": 0.25})
    dx, dgamma, dbeta = impl.layernorm_backward(dout, cache)
    checks = [values(dx=dx, dgamma=dgamma, dbeta=dbeta)]
    if N != 5:
        return checks
    return [*checks, gradient(of=out, dout=dout, dx=(x, dx), dgamma=(gamma, dgamma), dbeta=(beta, dbeta))]


# ------------------------------------------------------------------------------------------ dropout

drop = rubric.question("dropout_forward", "Dropout, forward", points={"train": 3, "test": 1, "x": 1})
MASKS = ((64, 50, 0.3), (50, 64, 0.75))
"""N, D and p: on 3,200 elements a rate is known to 0.8 %; p is not 0.5, where keeping is dropping."""


@drop.on(*MASKS)
def _(impl: Any, draw: Draw, N: int, D: int, p: float) -> Checks:
    x = 1.0 + np.abs(draw(N, D))
    out, _ = impl.dropout_forward(x, {"mode": "train", "p": p})
    held = apply(impl, "x", x)
    impl.dropout_forward(held, {"mode": "train", "p": p})
    used, _ = impl.dropout_forward(held, {"mode": "test", "p": p})
    fresh, _ = impl.dropout_forward(x, {"mode": "test", "p": p})
    return [dropout(p, x, train=out), unchanged("x", x=out), same(x=(fresh, used))]


@drop.on((64, 50, 0.3))
def _(impl: Any, draw: Draw, N: int, D: int, p: float) -> Checks:
    """Calls one after another: with settings of their own, with the same, and with another x."""
    x, settings = 1.0 + np.abs(draw(N, D)), apply(impl, "x", {"mode": "train", "p": p})
    first, _ = impl.dropout_forward(x, {"mode": "train", "p": p})
    second, _ = impl.dropout_forward(x, settings)
    third, _ = impl.dropout_forward(x, settings)
    other, _ = impl.dropout_forward(x + 1.0, {"mode": "train", "p": p})
    return [fresh_masks(train=pair) for pair in ((first, second), (second, third), (first, other))]


@drop.on((1, 1), (2, 3))
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    out, _ = impl.dropout_forward(draw(N, D), {"mode": "test", "p": 0.3})
    return [values(test=out)]


drop_back = rubric.question(
    "dropout_backward",
    "Dropout, backward",
    points={"train": 2, "test": 1},
    needs=["dropout_forward"],
    identity_given=True,  # starters elsewhere give `dx = dout` in test mode
)


@drop_back.on(*MASKS)
def _(impl: Any, draw: Draw, N: int, D: int, p: float) -> Checks:
    x, dout = 1.0 + np.abs(draw(N, D)), draw(N, D)
    out, cache = impl.dropout_forward(x, {"mode": "train", "p": p})
    dx = impl.dropout_backward(dout, cache)
    return [dropout_gradient(x, dout, out, train=dx)]


@drop_back.on((1, 1), (2, 3))
def _(impl: Any, draw: Draw, N: int, D: int) -> Checks:
    _, cache = impl.dropout_forward(draw(N, D), {"mode": "test", "p": 0.3})
    dx = impl.dropout_backward(draw(N, D), cache)
    return [values(test=dx)]


# ------------------------------------------------------------------------------------------ the net

init = rubric.question(
    "FullyConnectedNet.init",
    "The net: parameters of its normalisation",
    points={"params": 2, "start": 1, "weights": 1},
    definition="FullyConnectedNet.__init__",
)


@init.on(((5,), "batchnorm"), ((3, 2, 4), "layernorm"), ((3, 2), None), hidden=False)
def _(impl: Any, draw: Draw, hidden: tuple[int, ...], normalization: str | None) -> Checks:
    params = impl.FullyConnectedNet(list(hidden), 6, 3, normalization=normalization).params
    checks = [keys(params=params), zeros(start=params["b1"])]
    if normalization is None:
        return checks
    for number in range(1, len(hidden) + 1):
        checks += [values(start=params[f"gamma{number}"]), zeros(start=params[f"beta{number}"])]
    return checks


@init.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    """Every argument by its name: a constructor of another year's course may not take one of them."""
    options = {"dropout_keep_ratio": 0.75, "normalization": "batchnorm", "reg": 0.5, "weight_scale": 0.1}
    net = impl.FullyConnectedNet(
        hidden_dims=[4, 3], input_dim=6, num_classes=3, dtype=np.float64, seed=1, **options
    )
    return [keys(params=net.params)]


@init.on((60, (50, 40), 30))
def _(impl: Any, draw: Draw, D: int, hidden: tuple[int, ...], C: int) -> Checks:
    spread = float(np.round(0.1 + 0.4 * draw.rng.random(), 3))
    params = impl.FullyConnectedNet(list(hidden), D, C, normalization="batchnorm", weight_scale=spread).params
    return [normal(spread, weights=params[f"W{number}"]) for number in (1, 2, 3)]


@init.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    params = impl.FullyConnectedNet([100]).params  # 3,072 inputs, 10 classes, weight_scale 1e-2
    return [normal(1e-2, weights=params["W1"])]


@init.on(((3, 3), "batchnorm"), ((4, 2), "layernorm"), hidden=False)
def _(impl: Any, draw: Draw, hidden: tuple[int, ...], normalization: str) -> Checks:
    """What a net is made of is its own; what it is handed stays its caller's, and is not ignored."""
    sizes = apply(impl, "x", list(hidden))
    nets = [
        impl.FullyConnectedNet(sizes, 3, 3, normalization=normalization, dtype=np.float64) for _ in range(2)
    ]
    usual = [impl.FullyConnectedNet(list(hidden), 3, 3, normalization=normalization) for _ in range(2)]
    short = impl.FullyConnectedNet(list(hidden), 3, 3, normalization=normalization, dtype=np.float32)
    return [
        left_alone("FullyConnectedNet", "hidden_dims", params=apply(impl, "x", sizes)),
        *(precision(params=net.params) for net in (nets[0], usual[0], short)),
        separate(start=filled(impl, *nets)),
        separate(start=filled(impl, *usual)),
    ]


NETS: tuple[Rung, ...] = ((3, (2,), (3,), 2), (4, (3,), (4, 5), 3), (6, (2, 3), (7, 6, 5), 4))
NORMS = ("batchnorm", "layernorm")
PARTS = [
    *LAYERS,
    "softmax_loss",
    "batchnorm_forward",
    "batchnorm_backward",
    "layernorm_forward",
    "layernorm_backward",
    "dropout_forward",
    "dropout_backward",
    "FullyConnectedNet.init",
]

loss = rubric.question(
    "FullyConnectedNet.loss",
    "The net, normalised and with dropout: scores and loss",
    points={"batchnorm": 2, "layernorm": 2, "scores": 1, "dropout": 2},
    needs=PARTS,  # the backward passes too: a loss is not to be had without its gradients
)


RUNGS = tuple((*rung, norm) for rung in NETS for norm in NORMS)


@loss.on(*RUNGS)
def _(
    impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int, norm: str
) -> Checks:
    """In training mode batch normalisation uses the batch, in test mode what it has seen by then."""
    model, _, X, y = drawn_net(impl, draw, (N, d, hidden, C), normalization=norm, reg=0.7)
    first, _ = model.loss(X, y)
    after_first = model.params
    second, _ = model.loss(X + 0.5, y)
    scores = model.loss(X)
    losses = [values(tolerance="loss", **{norm: one}) for one in (first, second)]
    whole = [unchanged("X", "y", **{norm: first}), left_alone("loss", "self.params", **{norm: after_first})]
    return [*losses, values(scores=scores), *whole, unchanged("X", scores=scores)]


loss.on((0.3,), (0.75,))(dropped_nets.one_hidden_layer)
loss.on(*((number, norm) for norm in (None, "layernorm") for number in (1, 2, 3)))(dropped_nets.hidden_layer)
loss.on(("batchnorm",), ("layernorm",))(dropped_nets.behind_the_normalisation)


gradients = rubric.question(
    "FullyConnectedNet.gradients",
    "The net, normalised and with dropout: its gradients",
    points={"batchnorm": 2, "layernorm": 2, "dropout": 2},
    needs=[*PARTS, "FullyConnectedNet.loss"],
    definition="FullyConnectedNet.loss",
)


@gradients.on(*RUNGS)
def _(
    impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int, norm: str
) -> Checks:
    model, params, X, y = drawn_net(impl, draw, (N, d, hidden, C), normalization=norm, reg=0.7)
    total, grads = model.loss(X, y)
    # What is added before batch normalisation is taken away again: those gradients are 0, or rounding errors.
    vain = {f"b{layer}" for layer in range(1, len(hidden) + 1)} if norm == "batchnorm" else set()
    checks = [keys(**{norm: grads}), *(values(**{norm: grads[name]}) for name in params if name not in vain)]
    checks += [negligible(1.0, **{norm: grads[name]}) for name in sorted(vain)]
    if len(hidden) < 3:
        return checks
    return [*checks, gradient(of=total, **{name: (params[name], grads[name]) for name in params})]


@gradients.on((SHALLOW[0],), ((3, (4,), (6,), 3),), ((3, (2, 3), (24, 7), 4),))
def _(impl: Any, draw: Draw, rung: Rung) -> Checks:
    """Masks are the student's own: they are read off the gradients, and give the loss and all gradients.

    N independent examples, and a hidden layer so wide that they stay independent whatever is dropped in it.
    Nothing is regularised: that is judged without dropout, and lost there once.
    """
    model, params, X, y = drawn_net(impl, draw, rung, dropout_keep_ratio=0.75, seed=123)
    draw.require(np.linalg.cond(X.reshape(len(X), -1)) < 1e3)
    total, grads = model.loss(X, y)
    pairs = {name: (params[name], grads[name]) for name in params}
    return [masked_net("dropout", total, X, y, 0.75, 0.0, **pairs), own_gradient("dropout", total, **pairs)]


# ------------------------------------------------------------------------------------------ experiments

experiments.add(rubric, [*PARTS, "FullyConnectedNet.loss", "FullyConnectedNet.gradients", "adam"])

# ------------------------------------------------------------------------------------------ thinking

rubric.literal("axis_drill", "Axes on paper", points=3)
rubric.literal("predictions", "Predict, then run", points=4, revealed=False)
rubric.written("written_normalisation", "Written: why it starts", points=7)
rubric.written("written_regularisation", "Written: when dropout helps", points=7)
