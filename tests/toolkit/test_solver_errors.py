"""What the training loop refuses, and that it says what is wrong in words."""

import sys
from typing import Any

import numpy as np
import pytest

from grader.toolkit import Solver


class Answers:
    """A model that gives fixed answers."""

    def __init__(self, trained: Any = "right", scores: Any = "right") -> None:
        self.params: dict[str, Any] = {"w": np.zeros(1)}
        self.trained, self.scores = trained, scores

    def loss(self, X: Any, y: Any = None) -> Any:
        if y is not None:
            right = (0.0, {"w": np.zeros(1)})
            return right if isinstance(self.trained, str) else self.trained
        return np.zeros((len(X), 2)) if isinstance(self.scores, str) else self.scores


def data(**changes: Any) -> dict[str, Any]:
    X, y = np.zeros((6, 1)), np.array([0, 1, 0, 1, 0, 1])
    return {"X_train": X, "y_train": y, "X_val": X, "y_val": y} | changes


def test_unknown_option_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no option 'learning_rate'; its options are update_rule,"):
        Solver(Answers(), data(), learning_rate=1)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("batch_size", 0),
        ("num_epochs", -1),
        ("num_train_samples", 0),
        ("num_val_samples", 0),
        ("print_every", 0),
    ],
)
def test_impossible_number_is_named(option: str, value: int) -> None:
    options: dict[str, Any] = {option: value}
    with pytest.raises(ValueError, match=f"{option} must be at least .*, not {value}"):
        Solver(Answers(), data(), **options)


@pytest.mark.parametrize("rule", ["adamm", 3, None])
def test_unknown_rule_is_named_with_those_there_are(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def own_rule(w: Any, dw: Any, config: Any = None) -> Any: ...

    def no_rule(x: Any, y: Any) -> Any: ...

    monkeypatch.setattr(sys.modules["__main__"], "own_rule", own_rule, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "no_rule", no_rule, raising=False)
    with pytest.raises(ValueError, match=f"no update rule {rule!r}.*own_rule.*own: sgd") as caught:
        Solver(Answers(), data(), update_rule=rule)
    assert "no_rule" not in str(caught.value)


@pytest.mark.parametrize("key", ["X_train", "y_train", "X_val", "y_val"])
def test_missing_data_are_named(key: str) -> None:
    incomplete = data()
    del incomplete[key]
    with pytest.raises(ValueError, match=f"data has no '{key}'"):
        Solver(Answers(), incomplete)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"y_val": np.zeros(5, int)}, r"X_val and y_val must be equally long.*\(6, 1\).*\(5,\)"),
        ({"X_train": np.float64(3)}, "X_train and y_train must be equally long"),
        ({"y_train": np.zeros(6)}, r"y_train must be a row of integers.*\(6,\), float64"),
        ({"y_val": np.zeros((6, 1), int)}, r"y_val must be a row of integers.*\(6, 1\)"),
        ({"X_val": np.zeros((0, 1)), "y_val": np.zeros(0, int)}, "X_val and y_val are empty"),
    ],
)
def test_data_that_do_not_fit_are_described(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Solver(Answers(), data(**changes))


@pytest.mark.parametrize(
    ("model", "message"),
    [
        (Answers(trained=None), "must return a pair, loss and grads; it returned None"),
        (Answers(trained=1.5), "it returned a value of type float"),
        (Answers(trained=(None, {})), r"it returned \(None, a value of type dict\)"),
        (Answers(trained=(0.5, None)), r"it returned \(a value of type float, None\)"),
        (Answers(trained=(0.0, {"W": 1})), "no gradient for the parameter 'w'; it gave 'W'"),
        (Answers(trained=(0.0, {})), "it gave none"),
        (Answers(scores=None), r"scores of shape \(6, C\) for 6 images; it returned None"),
        (Answers(scores=np.zeros(6)), r"it returned an array of shape \(6,\)"),
        (Answers(scores=np.zeros((5, 2))), r"it returned an array of shape \(5, 2\)"),
    ],
)
def test_wrong_answers_of_a_model_are_described(model: Answers, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Solver(model, data(), verbose=False).train()


@pytest.mark.parametrize(
    ("answer", "described"),
    [
        (None, "None"),
        ((None, None), r"\(None, None\)"),
        ((np.zeros(1), {}, 3), r"\(an array of shape \(1,\), float64, a value of type dict"),
        (np.zeros(1), r"an array of shape \(1,\)"),
    ],
)
def test_wrong_answers_of_a_rule_are_described(answer: Any, described: str) -> None:
    def lazy(w: Any, dw: Any, config: Any = None) -> Any:
        return answer

    with pytest.raises(ValueError, match=f"'lazy' must return a pair.*it returned {described}"):
        Solver(Answers(), data(), update_rule=lazy, verbose=False).train()


def test_decay_without_a_learning_rate_is_refused_at_the_first_update() -> None:
    def rateless(w: Any, dw: Any, config: Any = None) -> Any:
        return w, {}

    solver = Solver(Answers(), data(), update_rule=rateless, lr_decay=0.9, verbose=False)
    with pytest.raises(ValueError, match="no learning rate to multiply"):
        solver.train()
    assert len(solver.loss_history) == 1


def test_checkpoint_of_python_objects_is_refused(tmp_path: Any) -> None:
    model = Answers()
    model.params["w"] = np.array([object()])
    solver = Solver(model, data(), num_epochs=0, checkpoint_name=str(tmp_path / "run"), verbose=False)
    with pytest.raises(ValueError, match="param_w holds Python objects"):
        solver.train()
    assert not list(tmp_path.iterdir())
