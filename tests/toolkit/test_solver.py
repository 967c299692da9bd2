"""The training loop: its contract, and each fault of CS231n's original that it must not repeat."""

import sys
from typing import Any

import numpy as np
import pytest

from grader.toolkit import Solver, load_fashion


def softmax_loss(scores: Any, y: Any) -> tuple[float, Any]:
    probabilities = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    loss = -np.log(probabilities[rows, y]).mean()
    probabilities[rows, y] -= 1
    return loss, probabilities / len(y)


class Linear:
    """A softmax classifier, as a student might write one."""

    def __init__(self, inputs: int = 4, classes: int = 3) -> None:
        self.params: dict[str, Any] = {"W": np.zeros((inputs, classes)), "b": np.zeros(classes)}

    def loss(self, X: Any, y: Any = None) -> Any:
        flat = X.reshape(len(X), -1)
        scores = flat @ self.params["W"] + self.params["b"]
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        return loss, {"W": flat.T @ dscores, "b": dscores.sum(axis=0)}


class TwoLayerNet:
    """The contract's constructor and parameters."""

    def __init__(self, input_dim: int, hidden_dim: int, num_classes: int) -> None:
        self.params: dict[str, Any] = {
            "W1": 1e-3 * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": 1e-3 * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X: Any, y: Any = None) -> Any:
        p, flat = self.params, X.reshape(len(X), -1)
        hidden = np.maximum(flat @ p["W1"] + p["b1"], 0)
        scores = hidden @ p["W2"] + p["b2"]
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dhidden = (dscores @ p["W2"].T) * (hidden > 0)
        return loss, {
            "W1": flat.T @ dhidden,
            "b1": dhidden.sum(axis=0),
            "W2": hidden.T @ dscores,
            "b2": dscores.sum(axis=0),
        }


class Scripted:
    """A model whose validation accuracy follows a script: its answer to everything is one class.

    The update rule below counts its parameter up, so that w tells how many updates there were.
    """

    def __init__(self, answers: dict[int, int]) -> None:
        self.params: dict[str, Any] = {"w": np.zeros(1)}
        self.answers = answers

    def loss(self, X: Any, y: Any = None) -> Any:
        if y is None:
            answer = self.answers.get(int(self.params["w"][0]), 0)
            return np.eye(3)[np.full(len(X), answer)]
        return 0.0, {"w": np.zeros(1)}


def count_up(w: Any, dw: Any, config: Any = None) -> Any:
    return w + 1, config


def blobs(dtype: Any = np.float64) -> dict[str, Any]:
    """Three well-separated classes of 4 features: 60 to train on, 30 to validate."""
    random = np.random.RandomState(0)
    y = np.arange(90) % 3
    X = (random.randn(90, 4) * 0.3 + np.eye(3, 4)[y] * 4).astype(dtype)
    return {"X_train": X[:60], "y_train": y[:60], "X_val": X[60:], "y_val": y[60:]}


def all_of_class(label: int, images: int = 10) -> dict[str, Any]:
    X, y = np.zeros((images, 1)), np.full(images, label)
    return {"X_train": X, "y_train": y, "X_val": X, "y_val": y}


def quiet(model: Any, data: Any, **options: Any) -> Solver:
    return Solver(model, data, verbose=False, **options)


def test_notes_own_call_runs_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    np.random.seed(0)
    data = load_fashion("cifar10", scale="raw", num_train=200, num_val=50, num_test=10)
    hidden_size, num_classes = 8, 10

    input_size = 32 * 32 * 3
    model = TwoLayerNet(input_size, hidden_size, num_classes)
    solver = Solver(
        model,
        data,
        update_rule="sgd",
        optim_config={"learning_rate": 1e-3},
        lr_decay=0.95,
        num_epochs=10,
        batch_size=100,
        print_every=100,
    )
    solver.train()

    assert len(solver.loss_history) == 20
    assert solver.train_acc_history[-1] > 0.3
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("(Epoch 0 / 10) train acc: 0.")
    assert "; val_acc: 0." in printed[0]
    assert printed[1] == f"(Iteration 1 / 20) loss: {solver.loss_history[0]:f}"
    assert sum("Iteration" in line for line in printed) == 1
    assert sum("Epoch" in line for line in printed) == 11


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learns_with_any_float_type_and_shape_of_images(dtype: Any) -> None:
    np.random.seed(0)
    data = blobs(dtype)
    data["X_train"] = data["X_train"].reshape(-1, 2, 2)
    data["X_val"] = data["X_val"].reshape(-1, 2, 2)
    solver = quiet(Linear(), data, optim_config={"learning_rate": 0.5}, batch_size=20)
    solver.train()
    assert solver.best_val_acc == 1.0
    assert solver.loss_history[-1] < 0.1 * solver.loss_history[0]


def test_histories_have_one_loss_an_iteration_and_accuracies_of_every_epoch_and_before() -> None:
    solver = quiet(Linear(), blobs(), batch_size=20, num_epochs=4)
    solver.train()
    assert len(solver.loss_history) == 4 * 3
    assert len(solver.train_acc_history) == len(solver.val_acc_history) == 5
    assert solver.val_acc_history[0] == pytest.approx(1 / 3)  # zero weights: always class 0
    assert solver.epoch == 4


def test_seed_makes_a_run_repeatable() -> None:
    histories = []
    for _ in range(2):
        np.random.seed(7)
        solver = quiet(Linear(), blobs(), batch_size=5, num_epochs=2)
        solver.train()
        histories.append(solver.loss_history)
    assert histories[0] == histories[1]


def test_training_again_goes_on() -> None:
    solver = quiet(Linear(), blobs(), batch_size=20, num_epochs=2)
    solver.train()
    solver.train()
    assert solver.epoch == 4
    assert len(solver.loss_history) == 12
    assert len(solver.val_acc_history) == 5


# The original's faults.


def test_params_stay_when_no_accuracy_ever_exceeds_zero() -> None:
    model = Scripted({})  # always class 0, and every label is 1
    solver = quiet(model, all_of_class(1), update_rule=count_up, num_epochs=3)
    solver.train()
    assert solver.best_val_acc == 0
    np.testing.assert_array_equal(model.params["w"], [3.0])
    np.testing.assert_array_equal(solver.best_params["w"], [3.0])


def test_params_stay_with_zero_epochs() -> None:
    model = Linear()
    model.params["b"] += 5
    solver = quiet(model, blobs(), num_epochs=0)
    assert set(solver.best_params) == {"W", "b"}
    solver.train()
    assert set(model.params) == {"W", "b"}
    np.testing.assert_array_equal(model.params["b"], np.full(3, 5.0))
    assert solver.loss_history == []
    assert len(solver.val_acc_history) == 1


def test_best_params_are_restored_and_are_copies() -> None:
    model = Scripted({0: 0, 1: 1, 2: 0, 3: 1})  # right after updates 1 and 3

    def count_up_in_place(w: Any, dw: Any, config: Any = None) -> Any:
        w += 1  # without copies, this would reach into what was kept
        return w, config

    solver = quiet(model, all_of_class(1), update_rule=count_up_in_place, num_epochs=4)
    solver.train()
    assert solver.val_acc_history == [0, 1, 0, 1, 0]
    np.testing.assert_array_equal(model.params["w"], [1.0])  # a tie keeps the earlier
    model.params["w"] += 10
    np.testing.assert_array_equal(solver.best_params["w"], [1.0])


def test_untrained_params_are_restored_when_training_only_harms() -> None:
    model = Scripted({0: 1})
    quiet(model, all_of_class(1), update_rule=count_up, num_epochs=2).train()
    np.testing.assert_array_equal(model.params["w"], [0.0])


def test_running_statistics_are_restored_with_the_params() -> None:
    class Normalised(Scripted):
        def __init__(self) -> None:
            super().__init__({2: 1})
            self.bn_params: list[Any] = [{"mode": "train", "running_mean": np.zeros(2)}]

        def loss(self, X: Any, y: Any = None) -> Any:
            if y is not None:
                self.bn_params[0]["running_mean"] += 1  # in place
            return super().loss(X, y)

    model = Normalised()
    quiet(model, all_of_class(1), update_rule=count_up, num_epochs=5).train()
    np.testing.assert_array_equal(model.params["w"], [2.0])
    np.testing.assert_array_equal(model.bn_params[0]["running_mean"], [2.0, 2.0])


def test_a_model_without_running_statistics_gets_none() -> None:
    model = Linear()
    quiet(model, blobs(), num_epochs=1).train()
    assert not hasattr(model, "bn_params")


def rates_seen(rule: Any, **options: Any) -> list[float]:
    """The learning rates that `rule` is called with, one for each epoch of one update."""
    seen = []

    def watching(w: Any, dw: Any, config: Any = None) -> Any:
        seen.append(config.get("learning_rate"))
        return rule(w, dw, config)

    model = Scripted({})
    quiet(model, all_of_class(0), update_rule=watching, num_epochs=3, **options).train()
    return seen


def test_learning_rate_decays_once_an_epoch() -> None:
    def keeps(w: Any, dw: Any, config: Any = None) -> Any:
        return w, config

    seen = rates_seen(keeps, optim_config={"learning_rate": 1.0}, lr_decay=0.5, batch_size=5)
    assert seen == [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]


def test_learning_rate_decays_though_the_rule_returns_a_fresh_config() -> None:
    def forgets(w: Any, dw: Any, config: Any = None) -> Any:
        return w, {"velocity": dw}

    def gives_none(w: Any, dw: Any, config: Any = None) -> Any:
        return w, None

    for rule in (forgets, gives_none):
        seen = rates_seen(rule, optim_config={"learning_rate": 1.0}, lr_decay=0.5)
        assert seen == [1.0, 0.5, 0.25]


def test_learning_rate_that_the_rule_took_by_default_decays() -> None:
    def default(w: Any, dw: Any, config: Any = None) -> Any:
        config.setdefault("learning_rate", 8.0)
        return w, config

    assert rates_seen(default, lr_decay=0.5) == [None, 4.0, 2.0]


def test_one_config_returned_for_all_parameters_does_not_decay_for_each() -> None:
    shared = {"learning_rate": 1.0}

    def careless(w: Any, dw: Any, config: Any = None) -> Any:
        return w, shared

    solver = quiet(Linear(), blobs(), update_rule=careless, lr_decay=0.5, num_epochs=1)
    solver.train()
    assert [c["learning_rate"] for c in solver.optim_configs.values()] == [0.5, 0.5]


def test_rule_keeps_a_memory_for_each_parameter() -> None:
    def remembers(w: Any, dw: Any, config: Any = None) -> Any:
        config.setdefault("shape", w.shape)
        config["t"] = config.get("t", 0) + 1
        return w, config

    given = {"learning_rate": 1.0}
    solver = quiet(Linear(), blobs(), update_rule=remembers, optim_config=given, num_epochs=2)
    solver.train()
    assert solver.optim_configs["W"] == {"learning_rate": 1.0, "shape": (4, 3), "t": 2}
    assert solver.optim_configs["b"] == {"learning_rate": 1.0, "shape": (3,), "t": 2}
    assert given == {"learning_rate": 1.0}


def test_batch_larger_than_the_training_set_still_trains() -> None:
    solver = quiet(Linear(), blobs(), batch_size=1000, num_epochs=3)
    solver.train()
    assert len(solver.loss_history) == 3


# What it offers beyond the original.


def test_a_net_that_gives_nan_is_right_about_nothing() -> None:
    model = Linear()
    model.params["b"] += np.nan
    data = all_of_class(0)
    assert quiet(Linear(1), data).check_accuracy(data["X_val"], data["y_val"]) == 1
    assert quiet(model, blobs()).check_accuracy(blobs()["X_val"], blobs()["y_val"]) == 0


def test_nan_loss_is_said_once_and_training_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    class Diverged(Scripted):
        def loss(self, X: Any, y: Any = None) -> Any:
            return super().loss(X) if y is None else (np.nan, {"w": np.zeros(1)})

    solver = Solver(Diverged({}), all_of_class(0), num_epochs=3)
    solver.train()
    assert len(solver.loss_history) == 3
    printed = capsys.readouterr().out
    assert printed.count("The loss became") == 1
    assert "The loss became nan at iteration 1. Training goes on" in printed


def test_not_verbose_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    quiet(Linear(), blobs(), num_epochs=1).train()
    assert capsys.readouterr().out == ""


def test_check_accuracy_counts_every_image_across_uneven_batches() -> None:
    model = Scripted({0: 1})
    y = np.array([1, 1, 0, 0, 0, 1, 0])
    solver = quiet(model, all_of_class(1))
    assert solver.check_accuracy(np.zeros((7, 1)), y, batch_size=3) == pytest.approx(3 / 7)


def test_accuracy_is_measured_on_no_more_samples_than_asked() -> None:
    asked = []

    class Watching(Scripted):
        def loss(self, X: Any, y: Any = None) -> Any:
            if y is None:
                asked.append(len(X))
            return super().loss(X, y)

    data = all_of_class(0, images=50)
    quiet(Watching({}), data, num_epochs=0, num_train_samples=20, num_val_samples=None).train()
    assert asked == [20, 50]
    asked.clear()
    quiet(Watching({}), data, num_epochs=0, num_train_samples=None, num_val_samples=10).train()
    assert asked == [50, 10]


def test_params_are_kept_at_the_epochs_asked_for() -> None:
    model = Scripted({})
    solver = quiet(model, all_of_class(0), update_rule=count_up, num_epochs=3, keep_params_at=(0, 2, 9))
    solver.train()
    assert {epoch: params["w"].item() for epoch, params in solver.params_at.items()} == {0: 0, 2: 2}


def test_checkpoints_hold_params_and_histories_without_pickle(tmp_path: Any) -> None:
    name = str(tmp_path / "run")
    solver = quiet(Scripted({}), all_of_class(0), update_rule=count_up, num_epochs=2, checkpoint_name=name)
    solver.train()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "run_epoch_0.npz",
        "run_epoch_1.npz",
        "run_epoch_2.npz",
    ]
    with np.load(f"{name}_epoch_2.npz", allow_pickle=False) as stored:
        np.testing.assert_array_equal(stored["param_w"], [2.0])
        assert stored["loss_history"].tolist() == [0.0, 0.0]
        assert stored["train_acc_history"].tolist() == solver.train_acc_history
        assert stored["val_acc_history"].tolist() == solver.val_acc_history


def test_rule_is_looked_up_in_the_notebook_first(monkeypatch: pytest.MonkeyPatch) -> None:
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "sgd", count_up, raising=False)
    monkeypatch.setattr(main, "my_rule", count_up, raising=False)
    for name in ("sgd", "my_rule"):
        assert quiet(Linear(), blobs(), update_rule=name).update_rule is count_up


def test_what_the_notebook_calls_like_a_rule_without_being_one_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "sgd", "a string", raising=False)
    assert callable(quiet(Linear(), blobs()).update_rule)
