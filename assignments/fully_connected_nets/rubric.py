"""Rubric of the second assignment: nets of any depth, four update rules, and six experiments.

The layers, the losses and `sgd` are the first assignment's questions, taken over with their cases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from assignments.fully_connected_nets import experiments
from assignments.nets import DEEP, drawn_net, filled
from assignments.rules import adam_forms, rmsprop_forms
from assignments.tree import FILES
from assignments.two_layer_net.rubric import rubric as two_layer_net
from grader.checks import (
    Check,
    gradient,
    keys,
    left_alone,
    normal,
    precision,
    separate,
    steps,
    trajectory,
    unchanged,
    values,
    zeros,
)
from grader.course import Draw, Entry, Rubric, apply, update

rubric = Rubric(
    title="Fully connected nets",
    version="1.0",
    reference=("reference.layers", "reference.losses", "reference.optimizers", "reference.deep_network"),
    files=FILES,
)
Checks = list[Check]
Forms = Callable[[Any, Any, Any], dict[str, Any]]
"""From w, dw and the config after a step: next_w in every further form that is accepted, by its name."""

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


@init.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    params = impl.FullyConnectedNet([100]).params  # 3,072 inputs, 10 classes, weight_scale 1e-2
    return [normal(1e-2, weights=params["W1"]), zeros(biases=params["b1"]), zeros(biases=params["b2"])]


@init.on(((3,), 3), ((4, 2, 4), 2), hidden=False)
def _(impl: Any, draw: Draw, hidden: tuple[int, ...], C: int) -> Checks:
    """What a net is made of is its own; what it is handed stays its caller's, and is not ignored."""
    sizes = apply(impl, "x", list(hidden))
    nets = [impl.FullyConnectedNet(sizes, 5, C, dtype=np.float64) for _ in range(2)]
    short = impl.FullyConnectedNet(list(hidden), 5, C, dtype=np.float32)
    usual = [impl.FullyConnectedNet(list(hidden), 5, C) for _ in range(2)]
    return [
        left_alone("FullyConnectedNet", "hidden_dims", params=apply(impl, "x", sizes)),
        *(precision(params=net.params) for net in (nets[0], usual[0], short)),
        separate(biases=filled(impl, *nets)),
        separate(biases=filled(impl, *usual)),
    ]


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
    after_scores = model.params
    data_loss, _ = model.loss(X, y)
    checks = [values(scores=scores), values(tolerance="loss", loss=data_loss)]
    return [*checks, unchanged("X", scores=scores), left_alone("loss", "self.params", scores=after_scores)]


@loss.on(*DEEP)
def _(impl: Any, draw: Draw, N: int, d: tuple[int, ...], hidden: tuple[int, ...], C: int) -> Checks:
    model, _, X, y = drawn_net(impl, draw, (N, d, hidden, C), reg=0.7)
    whole_loss, _ = model.loss(X, y)
    return [
        values(tolerance="loss", regularised_loss=whole_loss),
        unchanged("X", "y", regularised_loss=whole_loss),
        left_alone("loss", "self.params", regularised_loss=model.params),
    ]


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
CORNER = (-8.0, 2.0)


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
    forms: Forms | None = None,
    t: int | None = None,
) -> Checks:
    """``count`` steps of a parameter; beside three or more, those of another that begins without a state."""
    one = Parameter(impl, draw, rule, shape, settings, state, forms, t)
    if count < 3:
        for number in range(count):
            one.step(number, count)
        return [one.checked()]
    other = Parameter(impl, draw, rule, (5,), settings, state, forms, None if t is None else 0)
    for number in range(count):  # in turn: a state that is kept in a global would belong to the other
        one.step(number, count)
        other.step(number, count, with_state=number > 0)
    return [one.checked(), other.checked()]


class Parameter:
    """A parameter on its way: before each step its state is drawn, and laid over what the step before gave.

    So a mistake costs the entry that it is made in. The states drawn are nobody's answer to an earlier step.
    """

    def __init__(
        self,
        impl: Any,
        draw: Draw,
        rule: str,
        shape: tuple[int, ...],
        settings: dict[str, float],
        state: tuple[str, ...],
        forms: Forms | None,
        t: int | None,
    ) -> None:
        self.impl, self.draw, self.rule, self.shape = impl, draw, rule, shape
        self.settings, self.state, self.forms, self.t = settings, state, forms, t
        self.config: Any = None
        self.found: dict[str, list[Any]] = {name: [] for name in ("next_w", *state)}
        self.accepted: list[dict[str, Any]] = []
        if t is not None:
            self.found["t"] = []

    def step(self, number: int, count: int, with_state: bool = True) -> None:
        """Step ``number`` of ``count``; the learning rate is halved for the last two."""
        entries: dict[str, Any] = dict(self.settings)
        entries["learning_rate"] /= 1 + (number >= count - 2)
        w, dw = self.draw(*self.shape), _gradients(self.draw, self.shape)
        if with_state:
            for name in self.state:
                drawn = _gradients(self.draw, self.shape)
                entries[name] = drawn if name in ("velocity", "m") else np.square(drawn)
            if self.t is not None:
                entries["t"] = self.t + number
        given = entries if self.config is None else update(self.impl, self.config, **entries)
        next_w, self.config = getattr(self.impl, self.rule)(w, dw, given)
        self.draw.require(np.any(next_w != w))  # small integers may cancel: then nothing would show
        self.found["next_w"].append(next_w)
        for name in self.state:
            self.found[name].append(self.config[name])
        if self.t is not None:
            self.found["t"].append(Entry(self.config, "t"))
        if self.forms is not None:
            self.accepted.append(self.forms(w, dw, self.config))

    def checked(self) -> Check:
        """The check of all its steps."""
        return steps({"next_w": _by_name(self.accepted)}, **self.found)


def _by_name(accepted: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """What each further accepted form gives at each step."""
    return {name: [one[name] for one in accepted] for name in accepted[0]} if accepted else {}


def _trajectory(impl: Any, rule: str, settings: dict[str, float], count: int = 60) -> Checks:
    """A free run down the valley, from a corner of it: drawn beside the reference's, never scored."""
    a, b = VALLEY
    w: Any = np.array(CORNER)
    config: Any = dict(settings)
    points = []
    for _ in range(count):
        dw = apply(impl, f"x * np.array([{a}, {b}])", w)
        w, config = getattr(impl, rule)(w, dw, config)
        points.append(w)
    return [trajectory(VALLEY, CORNER, path=points)]


def _defaults(
    impl: Any,
    draw: Draw,
    rule: str,
    shape: tuple[int, ...],
    state: tuple[str, ...],
    forms: Forms | None = None,
    t: int | None = None,
) -> Checks:
    """Without a config; with a learning rate alone; on from there, from a state; and without one again.

    The third step needs the settings that the second gave back, and the defaults that a first step does not
    show: from rest, momentum is nothing. The last one shows a default dict that all calls share.
    """
    step = getattr(impl, rule)
    given, accepted = [], []
    used: Any = None
    for turn in ("none", "rate", "state", "none"):
        w, dw = draw(*shape), _moderate(draw, shape)
        if turn == "none":
            next_w, used = step(w, dw)
        elif turn == "rate":
            next_w, used = step(w, dw, {"learning_rate": 0.5})
        else:
            entries: dict[str, Any] = {name: _moderate(draw, shape) for name in state}
            entries |= {name: np.square(entries[name]) for name in ("cache", "v") if name in entries}
            entries |= {} if t is None else {"t": t}
            next_w, used = step(w, dw, update(impl, used, **entries))
        given.append(next_w)
        if forms is not None:
            accepted.append(forms(w, dw, used))
    return [steps({"defaults": _by_name(accepted)}, defaults=given)]


def _moderate(draw: Draw, shape: tuple[int, ...]) -> Any:
    """Gradients of either sign, none of them small: beside them an epsilon of 1e-8 is nothing."""
    return draw.rng.choice([-1.0, 1.0], shape) * np.round(0.5 + draw.rng.random(shape), 3)


momentum = rubric.question(
    "sgd_momentum",
    "Momentum",
    points={"next_w": 2, "velocity": 2, "defaults": 1},
)


@momentum.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings = (
        {"learning_rate": 0.5, "momentum": 0.5} if draw.small else {"learning_rate": 0.3, "momentum": 0.8}
    )
    return _steps(impl, draw, "sgd_momentum", shape, count, settings, ("velocity",))


@momentum.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "sgd_momentum", shape, ("velocity",))


@momentum.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _trajectory(impl, "sgd_momentum", {"learning_rate": 0.25, "momentum": 0.85})


rms = rubric.question("rmsprop", "RMSProp", points={"next_w": 2, "cache": 2, "defaults": 1})


@rms.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings = {"learning_rate": 0.3, "decay_rate": 0.8, "epsilon": 0.05}
    if draw.small:
        settings = {"learning_rate": 0.5, "decay_rate": 0.75, "epsilon": 1.0}

    return _steps(impl, draw, "rmsprop", shape, count, settings, ("cache",), rmsprop_forms)


@rms.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "rmsprop", shape, ("cache",), rmsprop_forms)


@rms.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _trajectory(impl, "rmsprop", {"learning_rate": 0.3, "decay_rate": 0.9})


adaptive = rubric.question("adam", "Adam", points={"next_w": 3, "m": 1, "v": 1, "t": 1, "defaults": 1})
ADAM = {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 0.05}


@adaptive.on(*PROBE)
def _(impl: Any, draw: Draw, shape: tuple[int, ...], count: int) -> Checks:
    settings, before = ADAM, 3
    if draw.small:
        settings, before = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.5, "epsilon": 1.0}, 0
    return _steps(impl, draw, "adam", shape, count, settings, ("m", "v"), adam_forms, t=before)


@adaptive.on(((3, 2),))
def _(impl: Any, draw: Draw, shape: tuple[int, ...]) -> Checks:
    return _defaults(impl, draw, "adam", shape, ("m", "v"), adam_forms, t=1)


@adaptive.on((), hidden=False)
def _(impl: Any, draw: Draw) -> Checks:
    return _trajectory(impl, "adam", {"learning_rate": 0.3})


# ------------------------------------------------------------------------------------------ experiments

PARTS = ("FullyConnectedNet.init", "FullyConnectedNet.loss", "FullyConnectedNet.gradients")
experiments.add(rubric, [*LAYERS, "softmax_loss", *PARTS])

# ------------------------------------------------------------------------------------------ thinking

rubric.literal("parameter_drill", "Parameters on paper", points=3)
rubric.literal("predictions", "Predict, then run", points=4, revealed=False)
rubric.literal("which_mistake", "Which mistake made this curve?", points=3)
rubric.written("written_depth", "Written: why deeper is harder", points=4)
rubric.written("written_adagrad", "Written: a rule that stops", points=4)
