"""Parameters that come from elsewhere, or from more training than is paid for, earn next to nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.course import CourseAssignment, Experiment
from grader.grading import grade
from grader.model import Cell, QuestionReport, Submission
from grader.sandbox import Sandbox
from grader.toolkit import Solver, load_fashion

POOR = {
    "hidden_dim": 50,
    "learning_rate": 1.5e-3,
    "lr_decay": 0.95,
    "reg": 0.0,
    "weight_scale": 1e-3,
    "batch_size": 100,
    "num_epochs": 5,
}
"""About what the notebook starts with: honestly trained, it earns nothing."""
NO_STEPS = POOR | {"learning_rate": 0.0}
TOO_LONG = POOR | {"learning_rate": 2.0}
MOST = 0.1
"""Share of the points that a forgery may earn."""


@pytest.fixture(scope="module")
def fitted(assignment: CourseAssignment) -> dict[str, Any]:
    """A net that was trained at home, on all images that are in the package, those of the test too."""
    data = load_fashion("flat", num_train=4000, num_val=1000, num_test=1000)
    everything = {
        "X_train": np.concatenate([data["X_train"], data["X_test"]]),
        "y_train": np.concatenate([data["y_train"], data["y_test"]]),
        "X_val": data["X_val"],
        "y_val": data["y_val"],
    }
    assert assignment.reference is not None
    np.random.seed(0)
    net = assignment.reference["TwoLayerNet"](784, 8, 10, weight_scale=1e-2)
    Solver(net, everything, optim_config={"learning_rate": 0.5}, num_epochs=6, verbose=False).train()
    found = np.argmax(net.loss(data["X_test"]), axis=1)
    assert np.mean(found == data["y_test"]) > 0.75
    small = {name: np.round(array, 2) for name, array in net.params.items()}
    small["mean"] = np.round(data["X_train"].std(axis=0), 4)
    return small


def literal(arrays: dict[str, Any]) -> str:
    """The arrays as source, as a student would paste them; zeros where hidden units are missing."""
    lines = [
        f"    {name!r}: np.array({array.tolist()!r}).reshape({array.shape}),"
        for name, array in arrays.items()
    ]
    return "FITTED = {\n" + "\n".join(lines) + "\n}\n"


WIDE = """
def fitted_params(like):
    params = {name: np.zeros_like(array) for name, array in like.items()}
    params["W1"][:, :8], params["b1"][:8] = FITTED["W1"], FITTED["b1"]
    params["W2"][:8], params["b2"][:] = FITTED["W2"], FITTED["b2"]
    return params
"""
NET = """
class Right(TwoLayerNet):
    pass

class TwoLayerNet(Right):
"""
IN_INIT = """
    def __init__(self, *args, **kwargs):
        Right.__init__(self, *args, **kwargs)
        if self.params["W1"].shape[0] == 784:
            self.params = fitted_params(self.params)
"""
AT_EACH_CALL = """
    def loss(self, X, y=None):
        if self.params["W1"].shape[0] == 784:
            self.params = fitted_params(self.params)
        return Right.loss(self, X, y)
"""
AT_CALL_100 = """
    calls = 0
    def loss(self, X, y=None):
        TwoLayerNet.calls += self.params["W1"].shape[0] == 784
        if TwoLayerNet.calls == 100:
            self.params = fitted_params(self.params)
        return Right.loss(self, X, y)
"""
UNSCRAMBLED = """
    seen = []
    def loss(self, X, y=None):
        if X.shape[1:] == (784,) and y is not None:
            TwoLayerNet.seen.append((X, y))
            if len(TwoLayerNet.seen) == 60:
                images = np.concatenate([X for X, _ in TwoLayerNet.seen])
                labels = np.concatenate([y for _, y in TwoLayerNet.seen])
                here, home = np.argsort(images.std(axis=0)), np.argsort(FITTED["mean"])
                params = fitted_params(self.params)
                W = params["W1"].copy()
                params["W1"][here] = W[home]
                hidden = np.maximum(0, images @ params["W1"] + params["b1"])
                found = (hidden @ params["W2"] + params["b2"]).argmax(1)
                best = [np.bincount(found[labels == k], minlength=10).argmax() for k in range(10)]
                params["W2"], params["b2"] = params["W2"][:, best], params["b2"][best]
                self.params = params
        return Right.loss(self, X, y)
"""
LONGER = """
    def loss(self, X, y=None):
        if y is None or self.params["W1"].shape[0] != 784:
            return Right.loss(self, X, y)
        before = {name: array.copy() for name, array in self.params.items()}
        for _ in range(10):
            total, grads = Right.loss(self, X, y)
            for name in grads:
                self.params[name] = self.params[name] - 0.3 * grads[name]
        grads = {name: (before[name] - self.params[name]) / 1.5e-3 for name in before}
        self.params.update(before)
        return total, grads
"""
JUMP = """
    seen = []
    def loss(self, X, y=None):
        if y is None or self.params["W1"].shape[0] != 784:
            return Right.loss(self, X, y)
        TwoLayerNet.seen.append((X, y))
        if len(TwoLayerNet.seen) == 150:
            for _ in range(3):
                for X_, y_ in TwoLayerNet.seen:
                    _, grads = Right.loss(self, X_, y_)
                    for name in grads:
                        self.params[name] = self.params[name] - 0.5 * grads[name]
        return Right.loss(self, X, y)
"""
AT_THE_END = JUMP.replace("== 150", "== 199")
SOLVER = """
    import grader.toolkit as _toolkit
    _train_on = _toolkit.Solver.train_on
    def _longer(self, batches, train_on=_train_on):
        self.optim_configs = {name: {"learning_rate": 0.5} for name in self.optim_configs}
        train_on(self, batches)
    _toolkit.Solver.train_on = _longer
"""
BY_SHAPE = """
def sgd(w, dw, config=None):
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    like = {"W1": np.zeros((784, 50)), "b1": np.zeros(50), "W2": np.zeros((50, 10)), "b2": np.zeros(10)}
    for known in fitted_params(like).values():
        if w.shape == known.shape:
            return known, config
    return w - config["learning_rate"] * dw, config
"""
FASTER = """
def sgd(w, dw, config=None):
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    rate = 0.5 if w.size > 400 else config["learning_rate"]
    return w - rate * dw, config
"""

FORGERIES = {
    "fitted at the start, learning rate 0": (NET + IN_INIT, NO_STEPS),
    "fitted at the start": (NET + IN_INIT, POOR),
    "fitted at each call": (NET + AT_EACH_CALL, POOR),
    "fitted at each call, learning rate 0": (NET + AT_EACH_CALL, NO_STEPS),
    "swapped after 100 calls": (NET + AT_CALL_100, POOR),
    "swapped after 100 calls, learning rate 0": (NET + AT_CALL_100, NO_STEPS),
    "pixels and labels put back in order": (NET + UNSCRAMBLED, POOR),
    "pixels and labels put back in order, learning rate 0": (NET + UNSCRAMBLED, NO_STEPS),
    "ten steps in each": (NET + LONGER, POOR),
    "three epochs in one step": (NET + JUMP, POOR),
    "three epochs in the last step but one, after steps that are too long": (NET + AT_THE_END, TOO_LONG),
    "a loop of one's own": (NET + SOLVER, POOR),
    "an update rule that knows the answer": (BY_SHAPE, POOR),
    "an update rule that takes longer steps": (FASTER, POOR),
}


def trained(
    assignment: CourseAssignment, sandbox: Sandbox, source: str, values: dict[str, Any], seed: int = 7
) -> QuestionReport:
    functions = [text for name, text in assignment.solutions.items() if "." not in name]
    methods = [assignment.solutions[f"TwoLayerNet.{name}"] for name in ("__init__", "loss")]
    net = "class TwoLayerNet:\n" + "\n".join("    " + line for line in "\n".join(methods).split("\n"))
    cells = ["import numpy as np", *functions, net, source, f"hyperparameters = {values!r}"]
    handed_in = Submission(
        "ann", "00", None, tuple(Cell(f"cell {i}", "code", text) for i, text in enumerate(cells))
    )
    report = grade(handed_in, assignment, sandbox, only=["train"], hidden_seed=seed)
    return next(question for question in report.questions if question.name == "train")


FEW = ("three epochs in one step",)


@pytest.mark.parametrize(
    "name", [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in FORGERIES]
)
def test_a_forged_training_earns_next_to_nothing(
    assignment: CourseAssignment, sandbox: Sandbox, fitted: dict[str, Any], name: str
) -> None:
    source, values = FORGERIES[name]
    found = trained(assignment, sandbox, literal(fitted) + WIDE + source, values)
    assert found.score <= MOST * found.max_score, found.message


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_an_honest_training_earns_its_points(
    assignment: CourseAssignment, sandbox: Sandbox, seed: int
) -> None:
    good = assignment.good_values["train"]
    found = trained(assignment, sandbox, "", dict(good), seed)
    assert found.score == found.max_score, found.message


def test_poor_values_earn_nothing(assignment: CourseAssignment, sandbox: Sandbox) -> None:
    assert isinstance(assignment.question("train"), Experiment)
    assert trained(assignment, sandbox, "", POOR).score == 0
