"""The training loop: minibatches, an update rule, accuracies, and the best parameters kept."""

import copy
import inspect
import math
from collections.abc import Collection, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.examples import describe, examples, is_pair
from grader.toolkit.optimizers import Config, UpdateRule, find_rule

Params = dict[str, NDArray[Any]]


class Model(Protocol):
    """What a model must offer: `params`, and a `loss` that also gives scores and gradients."""

    params: Params

    def loss(self, X: Any, y: Any = None) -> Any:
        """`y` None: scores (N, C). Else `(loss, grads)`, grads with the keys of `params`."""


class Solver:
    """Trains a model on data by stochastic gradient descent, and keeps a record of it.

    `model` has a dictionary `params` of arrays and `loss(X, y=None)` (see `Model`). `data` holds
    `X_train` (N, ...) with `y_train` (N,) and `X_val`, `y_val` alike; labels are integers.

    - `update_rule`: a function `(w, dw, config) -> next_w, config`, or the name of one that the
      notebook defines or the toolkit has. `optim_config`: its settings, such as
      `{"learning_rate": 1e-3}`; each parameter gets its own copy.
    - `lr_decay`: the learning rate is multiplied by it after each epoch.
    - `batch_size`, `num_epochs`: images an update, and passes over the training images.
    - `num_train_samples`, `num_val_samples`: how many images accuracies are measured on; None
      means all of them.
    - `checkpoint_name`: `<checkpoint_name>_epoch_<n>.npz` is written whenever accuracy is
      measured: params (as `param_W1` and so on) and histories.
    - `print_every` iterations the loss is printed, unless `verbose` is False.
    - `restore_best`: at the end the model gets the parameters that were best on the validation
      images; False leaves it with those of the last iteration.
    - `keep_params_at`: epochs at which a copy of the params goes to `params_at`.

    After `train()`: `loss_history` has one number an iteration; `train_acc_history` and
    `val_acc_history` have one for the untrained model and one for every epoch; `model.params`
    are those with the best validation accuracy, also in `best_params`, with `best_val_acc`.
    If the model has `bn_params` (running statistics of batch normalisation), they are kept and
    restored together with the params that they belong to.

    Minibatches are drawn with numpy's global generator: `np.random.seed` makes a run repeatable.
    Raises ValueError for an unknown option, rule or impossible number, for data that are
    incomplete or do not fit together, and for answers of the model or rule of the wrong kind.
    """

    def __init__(
        self,
        model: Model,
        data: Mapping[str, Any],
        *,
        update_rule: UpdateRule | str = "sgd",
        optim_config: Mapping[str, Any] | None = None,
        lr_decay: float = 1.0,
        batch_size: int = 100,
        num_epochs: int = 10,
        num_train_samples: int | None = 1000,
        num_val_samples: int | None = None,
        checkpoint_name: str | None = None,
        print_every: int = 10,
        verbose: bool = True,
        restore_best: bool = True,
        keep_params_at: Collection[int] = (),
        **unknown: object,
    ) -> None:
        if unknown:
            # Not left to Python's TypeError: a student should see what the options are called.
            parameters = inspect.signature(Solver).parameters.values()
            known = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
            raise ValueError(
                f"Solver has no option {', '.join(map(repr, unknown))}; its options are {', '.join(known)}"
            )
        for name, number, least in (
            ("batch_size", batch_size, 1),
            ("num_epochs", num_epochs, 0),
            ("num_train_samples", num_train_samples, 1),
            ("num_val_samples", num_val_samples, 1),
            ("print_every", print_every, 1),
        ):
            if number is not None and number < least:
                raise ValueError(f"{name} must be at least {least}, not {number}")

        self.model = model
        self.X_train, self.y_train = examples(data, "train")
        self.X_val, self.y_val = examples(data, "val")
        self.update_rule = find_rule(update_rule)
        self.lr_decay = lr_decay
        self.batch_size = batch_size
        self.num_epochs = num_epochs
        self.num_train_samples = num_train_samples
        self.num_val_samples = num_val_samples
        self.checkpoint_name = checkpoint_name
        self.print_every = print_every
        self.verbose = verbose
        self.restore_best = restore_best
        self.keep_params_at = frozenset(keep_params_at)

        self.epoch = 0
        self.loss_history: list[float] = []
        self.train_acc_history: list[float] = []
        self.val_acc_history: list[float] = []
        self.params_at: dict[int, Params] = {}
        self.optim_configs: dict[str, Config] = {name: dict(optim_config or {}) for name in model.params}
        self._said_not_finite = False
        # From the start a full copy, so that at no time there is nothing to restore.
        self.best_val_acc = 0.0
        self._keep_best()

    def train(self) -> None:
        """Train for `num_epochs` epochs, then restore the best parameters if that is asked for.

        Called again, it goes on from there for as many epochs more.
        """
        iterations_per_epoch = max(len(self.X_train) // self.batch_size, 1)
        last_epoch = self.epoch + self.num_epochs
        num_iterations = len(self.loss_history) + self.num_epochs * iterations_per_epoch
        if not self.val_acc_history:
            self._measure(last_epoch)
        while self.epoch < last_epoch:
            for _ in range(iterations_per_epoch):
                self._step(np.random.choice(len(self.X_train), self.batch_size))
                self._tell_loss(num_iterations)
            self.epoch += 1
            self.decay_learning_rates()
            self._measure(last_epoch)
        if self.restore_best:
            self._restore_best()

    def train_on(self, batches: NDArray[Any]) -> None:
        """One update for each row of `batches` (steps, batch_size), indices of training images.

        Nothing is drawn, measured, printed or restored: for a caller that does so by itself.
        """
        for chosen in batches:
            self._step(chosen)

    def decay_learning_rates(self) -> None:
        """Multiply the learning rate of every parameter by `lr_decay`, as after each epoch."""
        for config in self.optim_configs.values():
            if "learning_rate" in config:
                config["learning_rate"] *= self.lr_decay

    def check_accuracy(
        self, X: NDArray[Any], y: NDArray[Any], num_samples: int | None = None, batch_size: int = 100
    ) -> float:
        """The share of images X (N, ...) to which the model gives the label y (N,), 0 to 1.

        With `num_samples` below N, it is estimated on so many images, drawn with replacement;
        `batch_size` images are scored at a time, which saves memory.
        """
        if num_samples is not None and num_samples < len(X):
            chosen = np.random.choice(len(X), num_samples)
            X, y = X[chosen], y[chosen]
        correct = 0
        for start in range(0, len(X), batch_size):
            labels = y[start : start + batch_size]
            scores = np.asarray(self.model.loss(X[start : start + batch_size]))
            if scores.ndim != 2 or len(scores) != len(labels):
                raise ValueError(
                    f"model.loss(X) without labels must return scores of shape ({len(labels)}, C) "
                    f"for {len(labels)} images; it returned {describe(scores)}"
                )
            # argmax takes NaN for the largest: a net that diverged would be right about class 0.
            right = (scores.argmax(axis=1) == labels) & ~np.isnan(scores).any(axis=1)
            correct += int(right.sum())
        return correct / len(X)

    def _step(self, chosen: NDArray[Any]) -> None:
        """One update of every parameter on the minibatch of these training images."""
        answer = self.model.loss(self.X_train[chosen], self.y_train[chosen])
        if not is_pair(answer) or answer[0] is None or answer[1] is None:
            raise ValueError(
                "model.loss(X, y) with labels must return a pair, loss and grads; "
                f"it returned {describe(answer)}"
            )
        loss, grads = answer
        self.loss_history.append(float(loss))
        for name, w in self.model.params.items():
            if name not in grads:
                raise ValueError(
                    f"model.loss(X, y) gave no gradient for the parameter {name!r}; "
                    f"it gave {', '.join(map(repr, grads)) or 'none'}"
                )
            self.model.params[name] = self._updated(name, w, grads[name])

    def _updated(self, name: str, w: NDArray[Any], dw: NDArray[Any]) -> NDArray[Any]:
        """Apply the update rule to one parameter, and keep what the rule wants to remember."""
        config = self.optim_configs[name]
        known_rate = config.get("learning_rate")
        answer = self.update_rule(w, dw, config)
        if not is_pair(answer) or answer[0] is None:
            raise ValueError(
                f"the update rule {getattr(self.update_rule, '__name__', self.update_rule)!r} "
                f"must return a pair, next_w and config; it returned {describe(answer)}"
            )
        next_w, returned = answer
        # A copy: a rule may return one and the same dictionary for every parameter, whose
        # learning rate would then decay once for each of them.
        config = dict(returned or {})
        # A rule may return a fresh config without the learning rate; it is ours to carry on.
        if known_rate is not None:
            config.setdefault("learning_rate", known_rate)
        if self.lr_decay != 1 and "learning_rate" not in config:
            raise ValueError(
                f"lr_decay is {self.lr_decay}, and there is no learning rate to multiply: "
                'give one, as optim_config={"learning_rate": 1e-3}'
            )
        self.optim_configs[name] = config
        return next_w

    def _measure(self, last_epoch: int) -> None:
        """Record both accuracies at the end of an epoch (0: untrained), and keep the best."""
        train_acc = self.check_accuracy(self.X_train, self.y_train, self.num_train_samples)
        val_acc = self.check_accuracy(self.X_val, self.y_val, self.num_val_samples)
        self.train_acc_history.append(train_acc)
        self.val_acc_history.append(val_acc)
        if self.verbose:
            print(f"(Epoch {self.epoch} / {last_epoch}) train acc: {train_acc:f}; val_acc: {val_acc:f}")
        # While nothing at all is right, later is better; after that, a tie keeps the earlier.
        if val_acc > self.best_val_acc or self.best_val_acc == 0:
            self.best_val_acc = val_acc
            self._keep_best()
        if self.epoch in self.keep_params_at:
            self.params_at[self.epoch] = copy.deepcopy(self.model.params)
        if self.checkpoint_name is not None:
            self._write_checkpoint(f"{self.checkpoint_name}_epoch_{self.epoch}.npz")

    def _keep_best(self) -> None:
        """Copy the model's parameters, and the running statistics that belong to them."""
        self.best_params: Params = copy.deepcopy(self.model.params)
        self._best_statistics = copy.deepcopy(getattr(self.model, "bn_params", None))

    def _restore_best(self) -> None:
        """Give the model a copy of what `_keep_best` kept."""
        model: Any = self.model  # Any: only some models have `bn_params`
        model.params = copy.deepcopy(self.best_params)
        if self._best_statistics is not None:
            model.bn_params = copy.deepcopy(self._best_statistics)

    def _tell_loss(self, num_iterations: int) -> None:
        """Print the last loss every `print_every` iterations, and once that it is not finite."""
        if not self.verbose:
            return
        iteration, loss = len(self.loss_history), self.loss_history[-1]
        if (iteration - 1) % self.print_every == 0:
            print(f"(Iteration {iteration} / {num_iterations}) loss: {loss:f}")
        if not math.isfinite(loss) and not self._said_not_finite:
            self._said_not_finite = True
            print(
                f"The loss became {loss} at iteration {iteration}. Training goes on; "
                "a smaller learning rate or smaller initial weights may help."
            )

    def _write_checkpoint(self, path: str) -> None:
        """Write parameters and histories as npz, which can be read without running any code."""
        arrays: dict[str, Any] = {f"param_{name}": np.asarray(w) for name, w in self.model.params.items()}
        for name, array in arrays.items():
            if array.dtype.hasobject:
                raise ValueError(f"{name} holds Python objects, not numbers: no checkpoint written")
        arrays["loss_history"] = np.array(self.loss_history)
        arrays["train_acc_history"] = np.array(self.train_acc_history)
        arrays["val_acc_history"] = np.array(self.val_acc_history)
        np.savez(path, **arrays)
