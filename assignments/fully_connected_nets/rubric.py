"""Rubric of the second assignment: nets of any depth, four update rules, and six experiments.

The layers, the losses and `sgd` are the first assignment's questions, taken over with their cases.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assignments.fully_connected_nets import experiments
from assignments.nets import DEEP, drawn_net
from assignments.two_layer_net.rubric import rubric as two_layer_net
from grader.checks.gradient import gradient
from grader.checks.initialisation import normal, zeros
from grader.checks.keys import keys
from grader.checks.steps import steps
from grader.checks.track import track
from grader.checks.values import values
from grader.course import Draw, Entry, Rubric, apply, lay_over
from grader.model import Check

rubric = Rubric(
    title="Fully connected nets",
    version="1.0",
    reference=("reference.layers", "reference.losses", "reference.optimizers", "reference.deep_network"),
)
Checks = list[Check]

# ------------------------------------------------------------------------------------------ brought along

LAYERS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward")
rubric.reuse(two_layer_net, *LAYERS, "softmax_loss", "svm_loss", "sgd")

# ------------------------------------------------------------------------------------------ the net

init = rubric.question(
    "FullyConnectedNet.init",
    "A net of any depth: its parameters",
    points={"params": 2, "weights": 1, "biases": 1},
    definition="FullyConnectedNet.__init__",
)


@init.on(((5,),), ((3, 2, 4),), hidden=False)
def _(impl: Any, draw: Draw, hidden: tuple[int, ...]) -> Checks:
    params = impl.FullyConnectedNet(list(hidden), 6, 3).params
    biases = [zeros(biases=params[f"b{layer}"]) for layer in range(1, len(hidden) + 2)]
    return [keys(params=params), *biases]


@init.on((350, (330, 340), 320))
def _(impl: Any, draw: Draw, D: int, hidden: tuple[int, ...], C: int) -> Checks:
    spread = float(np.round(0.1 + 0.4 * draw.rng.random(), 3))  # over 10⁵ weights: 2 % decides
    params = impl.FullyConnectedNet(list(hidden), D, C, weight_scale=spread).params
    return [normal(spread, weights=params[f"W{layer}"]) for layer in range(1, len(hidden) + 2)]


loss = rubric.question(
    "FullyConnectedNet.loss",
    "A net of any depth: scores and loss",
    points={"scores": 3, "loss": 1, "regularised_loss": 2},
    needs=[*LAYERS, "softmax_loss", "FullyConnectedNet.init"],
)


@loss.on(*DEEP)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int) -> Checks:
    model, _, X, y = drawn_net(impl, draw, (N, d, hidden, C))
    scores = model.loss(X)
    data_loss, _ = model.loss(X, y)
    return [values(scores=scores), values(tolerance="loss", loss=data_loss)]


@loss.on(*DEEP)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int) -> Checks:
    model, _, X, y = drawn_net(impl, draw, (N, d, hidden, C), reg=0.7)
    whole_loss, _ = model.loss(X, y)
    return [values(tolerance="loss", regularised_loss=whole_loss)]


gradients = rubric.question(
    "FullyConnectedNet.gradients",
    "A net of any depth: its gradients",
    points={"weights": 4, "biases": 2, "regularised": 3},
    needs=[*LAYERS, "softmax_loss", "FullyConnectedNet.init", "FullyConnectedNet.loss"],
    definition="FullyConnectedNet.loss",
)


@gradients.on(*DEEP)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int) -> Checks:
    model, _, X, y = drawn_net(impl, draw, (N, d, hidden, C))
    _, grads = model.loss(X, y)
    checks = []
    for layer in range(1, len(hidden) + 2):
        checks += [values(weights=grads[f"W{layer}"]), values(biases=grads[f"b{layer}"])]
    return checks


@gradients.on(*DEEP)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int) -> Checks:
    model, params, X, y = drawn_net(impl, draw, (N, d, hidden, C), reg=0.7)
    total, grads = model.loss(X, y)
    checks = [values(regularised=grads[name]) for name in params]
    if len(hidden) < 3:
        return checks
    return [*checks, gradient(of=total, **{name: (params[name], grads[name]) for name in params})]


# ------------------------------------------------------------------------------------------ update rules

PROBE = ((1,), 1), ((2,), 2), ((3, 4), 5)
"""A parameter's shape, and how many steps; at full size a second parameter is stepped in between."""
VALLEY = (0.05, 1.0)
"""½ (a x² + b y²): twenty times as steep across as it is along."""


def _gradients(draw: Draw, shape: tuple[int, ...]) -> Any:
    """Of very different sizes, 10^−2.5 to 10^5, some of them 0; small integers on the first rung."""
    if draw.small:
        return draw(*shape)
    sizes = 10 ** draw.rng.uniform(-2.5, 5, shape) * (draw.rng.random(shape) > 0.15)
    signed = sizes * draw.rng.choice([-1, 1], shape)
    return np.vectorize(lambda x: float(f"{x:.4g}"))(signed)  # as short as they are printed


def _steps(
    impl: Any,
    draw: Draw,
    rule: str,
    shape: tuple[int, ...],
    count: int,
    settings: dict[str, float],
    state: tuple[str, ...],
    forms: Any = None,
    t: int | None = None,
) -> Checks:
    """``count`` steps, each from a state that is drawn for it and laid over the config of the step before.

    The learning rate is halved on the way. With more than two steps another parameter, of another shape, is
    stepped in between, from no state at all.
    """
    step = getattr(impl, rule)
    found: dict[str, list[Any]] = {name: [] for name in ("next_w", *state, *(["t"] if t is not None else []))}
    others: dict[str, list[Any]] = {name: [] for name in ("next_w", *state)}
    accepted: list[dict[str, Any]] = []
    other_accepted: list[dict[str, Any]] = []
    config: Any = None
    other: Any = dict(settings)
    for number in range(count):
        rate = settings["learning_rate"] / (1 + (number >= count - 2))
        entries: dict[str, Any] = {**settings, "learning_rate": rate}
        w, dw = draw(*shape), _gradients(draw, shape)
        for name in state:
            signed = name in ("velocity", "m")
            entries[name] = _gradients(draw, shape) if signed else np.square(_gradients(draw, shape))
        if t is not None:
            entries["t"] = t + number
        config = entries if config is None else lay_over(impl, config, **entries)
        next_w, config = step(w, dw, config)
        _note(found, accepted, forms, (w, dw, next_w, config))
        if t is not None:
            found["t"].append(Entry(config, "t"))
        if count > 2:
            w, dw = draw(5), draw(5)
            next_w, other = step(w, dw, other)
            _note(others, other_accepted, forms, (w, dw, next_w, other))
    checks = [steps(_by_name(accepted), **found)]
    return [*checks, steps(_by_name(other_accepted), **others)] if count > 2 else checks


def _note(found: dict[str, list[Any]], accepted: list[dict[str, Any]], forms: Any, step: Any) -> None:
    """Keep what a step gave, and what the further accepted forms give from the same state."""
    w, dw, next_w, config = step
    found["next_w"].append(next_w)
    for name in found:
        if name in ("velocity", "cache", "m", "v"):
            found[name].append(config[name])
    if forms is not None:
        accepted.append(forms(w, dw, config))


def _by_name(accepted: list[dict[str, Any]]) -> dict[str, dict[str, list[Any]]]:
    """What each further form of next_w gives at each step."""
    return {"next_w": {name: [one[name] for one in accepted] for name in accepted[0]}} if accepted else {}


def _track(impl: Any, rule: str, settings: dict[str, float], count: int = 60) -> Checks:
    """A free run down the valley, from a corner of it: drawn beside the reference's, never scored."""
    a, b = VALLEY
    w: Any = np.array([-8.0, 2.0])
    config: Any = dict(settings)
    points = []
    for _ in range(count):
        dw = apply(impl, f"x * np.array([{a}, {b}])", w)
        w, config = getattr(impl, rule)(w, dw, config)
        points.append(w)
    return [track(VALLEY, path=points)]


def _defaults(impl: Any, draw: Draw, rule: str, shape: tuple[int, ...]) -> Checks:
    """Without a config, and with nothing in it but the learning rate."""
    step = getattr(impl, rule)
    w = draw(*shape)
    one, config = step(w, _moderate(draw, shape))
    two, _ = step(one, _moderate(draw, shape), config)
    three, _ = step(w, _moderate(draw, shape), {"learning_rate": 0.5})
    return [values(defaults=one), values(defaults=two), values(defaults=three)]


def _moderate(draw: Draw, shape: tuple[int, ...]) -> Any:
    """Gradients of either sign, none of them small: beside them an epsilon of 1e-8 is nothing."""
    return draw.rng.choice([-1.0, 1.0], shape) * np.round(0.5 + draw.rng.random(shape), 3)


momentum = rubric.question(
    "sgd_momentum", "Momentum", points={"next_w": 2, "velocity": 2, "defaults": 1},
)  # fmt: skip


@momentum.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings = (
        {"learning_rate": 0.5, "momentum": 0.5} if draw.small else {"learning_rate": 0.3, "momentum": 0.8}
    )
    return _steps(impl, draw, "sgd_momentum", shape, count, settings, ("velocity",))


@momentum.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "sgd_momentum", shape)


@momentum.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _track(impl, "sgd_momentum", {"learning_rate": 0.25, "momentum": 0.85})


rms = rubric.question("rmsprop", "RMSProp", points={"next_w": 2, "cache": 2, "defaults": 1})


@rms.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings = {"learning_rate": 0.3, "decay_rate": 0.8, "epsilon": 0.05}
    if draw.small:
        settings = {"learning_rate": 0.5, "decay_rate": 0.75, "epsilon": 1.0}

    def forms(w: Any, dw: Any, config: Any) -> dict[str, Any]:
        root = np.sqrt(config["cache"] + settings["epsilon"])
        return {"epsilon under the root": w - config["learning_rate"] * dw / root}

    return _steps(impl, draw, "rmsprop", shape, count, settings, ("cache",), forms)


@rms.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "rmsprop", shape)


@rms.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _track(impl, "rmsprop", {"learning_rate": 0.3, "decay_rate": 0.9})


adaptive = rubric.question(
    "adam", "Adam", points={"next_w": 3, "m": 1, "v": 1, "t": 1, "defaults": 1}
)  # fmt: skip
ADAM = {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.05}


def _adam_forms(w: Any, dw: Any, config: Any) -> dict[str, Any]:
    """The further places of epsilon that are accepted; ε-hat is the paper's own more efficient order."""
    rate, epsilon = config["learning_rate"], config["epsilon"]
    one, two = 1 - config["beta1"] ** config["t"], 1 - config["beta2"] ** config["t"]
    m, v = config["m"], config["v"]
    return {
        "epsilon under the root": w - rate * (m / one) / np.sqrt(v / two + epsilon),
        "epsilon beside the uncorrected root": w - rate * np.sqrt(two) / one * m / (np.sqrt(v) + epsilon),
    }


@adaptive.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings, before = ADAM, 3
    if draw.small:
        settings, before = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.75, "epsilon": 1.0}, 0
    return _steps(impl, draw, "adam", shape, count, settings, ("m", "v"), _adam_forms, t=before)


@adaptive.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "adam", shape)


@adaptive.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _track(impl, "adam", {"learning_rate": 0.3})


# ------------------------------------------------------------------------------------------ experiments

PARTS = ("FullyConnectedNet.init", "FullyConnectedNet.loss", "FullyConnectedNet.gradients")
experiments.add(rubric, [*LAYERS, "softmax_loss", *PARTS])

# ------------------------------------------------------------------------------------------ thinking

rubric.literal("parameter_drill", "Parameters on paper", points=3)
rubric.literal("predictions", "Predict, then run", points=4, revealed=False)
rubric.literal("which_mistake", "Which mistake made this curve?", points=3)
rubric.written("written_depth", "Written: why deeper is harder", points=4)
rubric.written("written_adagrad", "Written: a rule that stops", points=4)
