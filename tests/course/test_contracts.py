"""Every item of the course's contracts, and the question that grades it; nothing is left ungraded unseen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.course import CourseAssignment, load_assignment
from grader.course.release import notebook

GIVEN = "given, and not graded"
CONTRACTS: dict[str, tuple[str, ...]] = {
    "numerical_gradient: central differences, x comes back": ("two_layer_net/numerical_gradient",),
    "affine_forward: out, cache": ("two_layer_net/affine_forward", "fully_connected_nets/affine_forward"),
    "affine_backward: dx in x's shape, dw, db": ("two_layer_net/affine_backward",),
    "relu_forward": ("two_layer_net/relu_forward",),
    "relu_backward: its cache is left as it was": ("two_layer_net/relu_backward",),
    "affine_relu_forward, affine_relu_backward": (GIVEN,),
    "softmax_loss: mean over N, finite at logits of 1e4": ("two_layer_net/softmax_loss",),
    "svm_loss": ("two_layer_net/svm_loss", "fully_connected_nets/svm_loss"),
    "TwoLayerNet: params": ("two_layer_net/TwoLayerNet.init",),
    "TwoLayerNet.loss: scores, loss, L2": ("two_layer_net/TwoLayerNet.loss",),
    "TwoLayerNet.loss: grads": ("two_layer_net/TwoLayerNet.gradients",),
    "FullyConnectedNet: params of any depth": ("fully_connected_nets/FullyConnectedNet.init",),
    "FullyConnectedNet: gamma and beta only when normalised": (
        "fully_connected_nets/FullyConnectedNet.init",
        "deep_nets/FullyConnectedNet.init",
    ),
    "FullyConnectedNet.loss: scores, loss, L2": ("fully_connected_nets/FullyConnectedNet.loss",),
    "FullyConnectedNet.loss: grads": ("fully_connected_nets/FullyConnectedNet.gradients",),
    "FullyConnectedNet: batch norm, layer norm, dropout": (
        "deep_nets/FullyConnectedNet.loss",
        "deep_nets/FullyConnectedNet.gradients",
    ),
    "sgd": ("two_layer_net/sgd", "fully_connected_nets/sgd"),
    "sgd_momentum: velocity": ("fully_connected_nets/sgd_momentum",),
    "rmsprop: cache": ("fully_connected_nets/rmsprop",),
    "adam: m, v, t": ("fully_connected_nets/adam", "deep_nets/adam"),
    "Solver": (GIVEN,),
    "batchnorm: train and test mode, running statistics": ("deep_nets/batchnorm_forward",),
    "batchnorm: backward": ("deep_nets/batchnorm_backward",),
    "layernorm": ("deep_nets/layernorm_forward", "deep_nets/layernorm_backward"),
    "params and X stay as they are, each parameter in an array of its own": (
        "two_layer_net/TwoLayerNet.loss",
        "two_layer_net/TwoLayerNet.init",
        "fully_connected_nets/FullyConnectedNet.loss",
        "fully_connected_nets/FullyConnectedNet.init",
    ),
    "FullyConnectedNet: dtype, and hidden_dims stays as it is": (
        "fully_connected_nets/FullyConnectedNet.init",
        "deep_nets/FullyConnectedNet.init",
    ),
    "dropout: inverted, p is the probability to keep": (
        "deep_nets/dropout_forward",
        "deep_nets/dropout_backward",
    ),
    "overfit 50 images with three layers and with five": (
        "fully_connected_nets/overfit_three_layers",
        "fully_connected_nets/overfit_five_layers",
    ),
    "batch against single example": ("fully_connected_nets/one_at_a_time",),
    "the six-layer comparison of four rules": ("fully_connected_nets/compare_rules",),
    "more data": ("fully_connected_nets/more_data",),
    "the best net": ("fully_connected_nets/best_net", "two_layer_net/train"),
    "starting deep nets with and without normalisation": ("deep_nets/start_a_deep_net",),
    "dropout and L2 on noisy labels": ("deep_nets/noisy_labels",),
}

FIGURES: dict[str, tuple[str, str]] = {
    "loss and accuracies of a run": ("two_layer_net", "plot_history("),
    "first-layer weights as pictures": ("two_layer_net", "show_weights("),
    "first-layer weights changing while it learns": ("two_layer_net", "weights_film("),
    "loss, training and validation accuracy of the four rules": (
        "fully_connected_nets",
        "compare_histories(",
    ),
    "paths of the rules on a valley": ("fully_connected_nets", "show_paths("),
    "gradient norm by layer": ("fully_connected_nets", "show_gradient_sizes("),
    "nearest-neighbour baseline on the same 50": ("fully_connected_nets", "nearest_neighbour"),
    "which mistake made this curve": ("fully_connected_nets", "which_mistake"),
}
NAMES = ("two_layer_net", "fully_connected_nets", "deep_nets")


@pytest.fixture(scope="module")
def assignments(course: Path) -> dict[str, CourseAssignment]:
    return {name: load_assignment(course, name) for name in NAMES}


def test_every_contract_has_its_question(assignments: dict[str, CourseAssignment]) -> None:
    for item, places in CONTRACTS.items():
        for place in places:
            if place != GIVEN:
                name, _, question = place.partition("/")
                assert assignments[name].question(question).max_score > 0, item


def test_every_function_and_experiment_is_in_the_table(assignments: dict[str, CourseAssignment]) -> None:
    listed = {place.partition("/")[2] for places in CONTRACTS.values() for place in places}
    asked = {
        question.name
        for assignment in assignments.values()
        for question in assignment.questions
        if question.kind in ("code", "experiment")
    }
    assert asked <= listed


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_in_a_notebook(course: Path, figure: str) -> None:
    name, call = FIGURES[figure]
    text = (course / "assignments" / name / "narrative.md").read_text(encoding="utf-8")
    assert call in text


@pytest.mark.parametrize("name", NAMES)
def test_points_are_a_hundred(assignments: dict[str, CourseAssignment], name: str) -> None:
    assert sum(question.max_score for question in assignments[name].questions) == 100


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_points_in_the_notebook_adds_up(course: Path, name: str) -> None:
    text = (course / "assignments" / name / "narrative.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d+(, \d+)* \|", line)]
    points = [int(number) for row in rows for number in re.findall(r"\d+", row.rsplit("|", 2)[1])]
    assert sum(points) == 100


@pytest.mark.parametrize("name", NAMES)
def test_regenerating_a_notebook_changes_nothing(course: Path, name: str) -> None:
    path = course / "assignments" / name / f"{name}.ipynb"
    assert path.read_text(encoding="utf-8") == notebook(course, name)
