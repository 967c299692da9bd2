"""What is said of hyperparameters and of a training run."""

from __future__ import annotations

from typing import Literal

from grader.model.findings import Finding, finding


@finding("keys_missing")
class EntriesMissing(Finding):
    """A dict of hyperparameters lacks entries; ``keys`` is a list."""

    name: str = ""
    keys: str = ""


@finding("range")
class OutOfRange(Finding):
    """A hyperparameter is not within its limits."""

    name: str = ""
    key: str = ""
    value: str = ""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    choices: str = ""
    """The words to choose from, where it is one."""


@finding("combination")
class BadCombination(Finding):
    """Hyperparameters that are each within their limits, and not together: the rubric's own reason."""

    name: str = ""
    reason: str = ""


@finding("training_stopped", distinguishing=("error",))
class TrainingStopped(Finding):
    """Training raised an error, took too long or ended the process."""

    error: str = ""
    message: str = ""
    cause: str = ""
    amount: float = 0.0
    detail: str = ""
    cell: str = ""
    line: int = 0


@finding("parameters")
class UnusableParameters(Finding):
    """What a training left is no net: values that are not finite arrays, or other shapes."""

    problem: Literal["values", "shapes"] = "values"


@finding("recomputed")
class Departure(Finding):
    """A step of a training does not follow from the one before."""

    step: int = 0
    run: str = ""


@finding("accuracy")
class Accuracy(Finding):
    """How often a net is right, and what that earns; accuracies and bounds are shares from 0 to 1."""

    accuracy: float = 0.0
    runs: str = ""
    """Of several runs each accuracy in per cent, as ``sgd 61.2, adam 70.0``."""
    starting: float = 0.0
    good: float = 0.0
    unseen: bool = True
    """On images that were not trained on."""


@finding("diverged")
class Diverged(Finding):
    """In the end the parameters were not finite any more."""


@finding("history")
class ForeignHistory(Finding):
    """A history that came back is not that of its parameters."""


@finding("share")
class ShareReached(Finding):
    """What a training beside right answers reached, in steps of 5 %; -1 where nothing could be measured."""

    share: float = 0.0
