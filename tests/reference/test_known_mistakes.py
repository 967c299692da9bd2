"""Known mistakes of layers, losses and nets: what each changes, and the numbers in its sentence.

That each is caught where it is made, and told from the others, is what ``grader verify`` proves (CI runs it).
Those of the update rules are in ``test_optimizer_mistakes.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.folder import load_reference
from grader.course.variants import Kind, Variant, apply_changes, load_variants
from grader.source import extract, solution
from tests.reference.variants import COURSE, RULES, Names, made

ASSIGNMENTS = ("two_layer_net", "fully_connected_nets", "deep_nets")
QUESTIONS = (
    "numerical_gradient",
    "affine_forward",
    "affine_backward",
    "relu_forward",
    "relu_backward",
    "softmax_loss",
    "svm_loss",
    "TwoLayerNet.init",
    "TwoLayerNet.loss",
    "TwoLayerNet.gradients",
    "FullyConnectedNet.init",
    "FullyConnectedNet.loss",
    "FullyConnectedNet.gradients",
    "batchnorm_forward",
    "batchnorm_backward",
    "layernorm_forward",
    "layernorm_backward",
    "dropout_forward",
    "dropout_backward",
)
by_question = pytest.mark.parametrize("question", QUESTIONS)


@cache
def loaded(name: str) -> CourseAssignment:
    return load_assignment(COURSE, name)


def asking(question: str) -> list[CourseAssignment]:
    return [a for a in map(loaded, ASSIGNMENTS) if any(q.name == question for q in a.questions)]


@cache
def every(kind: Kind) -> tuple[Variant, ...]:
    return load_variants(COURSE, kind)


def variants(kind: Kind, question: str) -> list[Variant]:
    return [variant for variant in every(kind) if variant.question == question]


def test_there_are_enough_of_either_kind() -> None:
    assert sum(one.question in QUESTIONS for one in every("mistakes")) >= 120
    assert sum(one.question in QUESTIONS for one in every("accepted")) >= 35
    assert {one.question for one in every("mistakes")} == {*QUESTIONS, *RULES}


# ------------------------------------------------------------------------------------------ what changes


@by_question
def test_a_variant_differs_in_its_own_definition_alone(question: str) -> None:
    (assignment, *_) = asking(question)
    definition = assignment.question(question).definition
    owner, _, method = definition.partition(".")
    assert assignment.reference is not None
    (module,) = load_reference(COURSE, (assignment.reference[owner].__module__,))
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    for variant in (*variants("mistakes", question), *variants("accepted", question)):
        names = made(variant, assignment)
        assert {name for name in names if names[name] is not assignment.reference.get(name)} == {owner}
        changed = methods(extract(apply_changes(text, definition, variant), owner))
        if method:
            right = methods(solution(extract(text, owner)))
            assert {name for name in right if changed[name] != right[name]} == {method}, variant.id


def methods(source: str) -> dict[str, str]:
    (owner,) = ast.parse(source).body
    assert isinstance(owner, ast.ClassDef | ast.FunctionDef)
    return {node.name: ast.dump(node) for node in owner.body if isinstance(node, ast.FunctionDef)}


# ------------------------------------------------------------------------------ numbers in the sentences


def slope(names: Names, h: float = 1e-5) -> Any:
    """The measured slope of x² over the right one."""
    return names["numerical_gradient"](lambda x: float(np.sum(x**2)), np.ones(1), h)[0] / 2


def digits(names: Names) -> Any:
    """How many digits of the slope of x³ are right."""
    return -np.log10(abs(names["numerical_gradient"](lambda x: float(np.sum(x**3)), np.ones(1))[0] / 3 - 1))


def backward(result: int) -> Callable[[Names], Any]:
    """One result of ``affine_backward`` over the right one, for 4 examples."""

    def measure(names: Names) -> Any:
        x, w, b, dout = np.ones((4, 3)), np.ones((3, 2)), np.ones(2), np.ones((4, 2))
        right = loaded("two_layer_net").reference
        assert right is not None
        return (
            names["affine_backward"](dout, (x, w, b))[result]
            / right["affine_backward"](dout, (x, w, b))[result]
        ).mean()

    return measure


def cross_entropy(*scores: float) -> Callable[[Names], Any]:
    """The loss of these scores, the first class being the true one."""
    return lambda names: names["softmax_loss"](np.array([scores]), np.array([0]))[0]


def overflow(names: Names) -> Any:
    """The first whole number that is too large a score."""
    return next(s for s in range(2000) if not np.isfinite(cross_entropy(s, 0)(names)))


def hinge(*scores: float) -> Callable[[Names], Any]:
    return lambda names: names["svm_loss"](np.array([scores]), np.array([0]))[0]


def spread(net: str, *sizes: Any) -> Callable[[Names], Any]:
    """Of the first weights, over the weight_scale that was asked for."""
    return lambda names: names[net](*sizes, weight_scale=0.25).params["W1"].std() / 0.25


def of_first_units(names: Names) -> Any:
    """Spread of the hidden units of a new net, before the ReLU, for inputs of spread 1."""
    return (np.random.standard_normal((100, 3072)) @ names["TwoLayerNet"]().params["W1"]).std()


def growth(names: Names) -> Any:
    """Spread of a layer of 200 units over that of the layer before it, both before the ReLU."""
    net = names["FullyConnectedNet"]([200, 200], 200, 2)
    first = np.random.standard_normal((100, 200)) @ net.params["W1"]
    return (np.maximum(0, first) @ net.params["W2"]).std() / first.std()


def sure(net: str, hidden: Any, **options: Any) -> Callable[[Names], Any]:
    """The loss of a net of ten classes that is as sure as can be, and right."""

    def measure(names: Names) -> Any:
        sizes = (hidden, 1, 10) if isinstance(hidden, list) else (1, hidden, 10)
        model = names[net](*sizes, **options)
        model.params["b2"] = np.array([1000.0] + [0.0] * 9)
        return model.loss(np.zeros((1, 1)), np.array([0]))[0]

    return measure


def normalised(norm: str, deviation: float, axis: int) -> Callable[[Names], Any]:
    """Spread of what comes of numbers that lie one ``deviation`` to either side of their mean."""
    x = np.array([[-deviation], [deviation]])
    x = x if axis == 0 else x.T
    ones = np.ones(x.shape[1])
    return lambda names: names[norm](x, ones, 0 * ones, {"mode": "train"})[0].std()


def running_mean(names: Names) -> Any:
    """Where the running mean goes to when the mean of each batch is 1."""
    kept: dict[str, Any] = {"mode": "train"}
    for _ in range(500):
        names["batchnorm_forward"](np.ones((2, 1)), np.ones(1), np.zeros(1), kept)
    return kept["running_mean"][0]


def dropped(p: float, measure: Callable[[Any], Any]) -> Callable[[Names], Any]:
    return lambda names: measure(names["dropout_forward"](np.ones((300, 300)), {"p": p, "mode": "train"})[0])


def kept(out: Any) -> Any:
    return (out != 0).mean()


NUMBERS: tuple[tuple[str, str, Callable[[Names], Any], float], ...] = (
    ("numerical-one-sided", "about five digits", digits, 5),
    ("numerical-one-sided-down", "about five digits", digits, 5),
    ("numerical-h-not-doubled", "twice the right ones", slope, 2),
    ("numerical-no-brackets", "10⁻¹⁰ of them", slope, 1e-10),
    ("numerical-not-divided", "2 · 10⁻⁵ of the right ones", slope, 2e-5),
    ("numerical-half-way-back", "half the right ones", slope, 0.5),
    ("numerical-fixed-divisor", "1000 times too large", lambda names: slope(names, 1e-2), 1000),
    ("affine-db-mean", "1/N of the right one", backward(2), 1 / 4),
    ("affine-dw-mean", "1/N of the right one", backward(1), 1 / 4),
    ("affine-dx-mean", "N³ times too small", lambda names: backward(0)(names) ** 3, 1 / 4**3),
    ("relu-softplus", "0.69 at 0", lambda names: names["relu_forward"](np.zeros(1))[0][0], 0.69),
    ("softmax-no-shift", "from about 710 on", overflow, 710),
    ("softmax-loss-log10", "0.43 of the right one", cross_entropy(0, np.log(np.e - 1)), 0.43),
    ("softmax-loss-log2", "1.44 times the right one", cross_entropy(0, np.log(np.e - 1)), 1.44),
    ("softmax-large-epsilon", "can no longer exceed 6.9", cross_entropy(0, 1000), 6.9),
    ("svm-true-class-included", "adds exactly 1 to your loss", hinge(9, 0, 0), 1),
    ("svm-loss-over-everything", "1/C of the right one", hinge(0, 0, -9), 1 / 3),
    ("net-scale-ignored", "a spread of 1", spread("TwoLayerNet", 200, 200, 2), 1 / 0.25),
    ("net-scale-ignored", "a spread of 55", of_first_units, 55),
    ("net-uniform", "0.58 of what is asked for", spread("TwoLayerNet", 200, 200, 2), 0.58),
    ("net-softmax-twice", "still cost 1.46", sure("TwoLayerNet", 1), 1.46),
    ("deep-scale-ignored", "by about √(H/2)", growth, np.sqrt(200 / 2)),
    ("deep-uniform", "0.58 of what is asked for", spread("FullyConnectedNet", [200], 200, 2), 0.58),
    ("deep-softmax-twice", "still cost 1.46", sure("FullyConnectedNet", [1]), 1.46),
    ("batchnorm-divides-by-variance", "spread 0.1 instead of 1", normalised("batchnorm_forward", 10, 0), 0.1),
    ("layernorm-divides-by-variance", "spread 0.1 instead of 1", normalised("layernorm_forward", 10, 1), 0.1),
    ("batchnorm-unbiased-variance", "twice as large", normalised("batchnorm_forward", 1, 0), np.sqrt(1 / 2)),
    ("layernorm-unbiased-variance", "twice as large", normalised("layernorm_forward", 1, 1), np.sqrt(1 / 2)),
    ("batchnorm-statistics-summed", "ten times what they should be", running_mean, 10),
    ("dropout-not-inverted", "p times that of x", dropped(0.6, np.mean), 0.6),
    ("dropout-multiplied-by-p", "p² times that of x", dropped(0.6, np.mean), 0.36),
    ("dropout-divided-twice", "1/p times that of x", dropped(0.6, np.mean), 1 / 0.6),
    ("dropout-keeps-and-drops-swapped", "a share of 1 − p", dropped(0.6, kept), 0.4),
    ("dropout-randn-for-rand", "69 % of all cases", dropped(0.5, kept), 0.69),
)
"""A mistake, words of its sentence, what is measured of it, and what the words say."""


@pytest.mark.parametrize(("name", "words", "measure", "said"), NUMBERS)
def test_the_numbers_in_the_sentences_are_true(
    name: str, words: str, measure: Callable[[Names], Any], said: float
) -> None:
    (mistake,) = [one for one in every("mistakes") if one.id == name]
    assert words in mistake.says
    (assignment, *_) = asking(mistake.question)
    np.random.seed(0)
    with np.errstate(all="ignore"):
        assert measure(made(mistake, assignment)) == pytest.approx(said, rel=0.03)
