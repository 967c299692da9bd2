"""How an experiment trains: which net, by which rule, on how many images, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

UpdateForms = Callable[[Any, Any, Mapping[str, Any]], dict[str, Any]]
"""``forms(w, dw, config)``: what further accepted forms of a rule give for the next w, by name; ``config`` is
the rule's, as it is after the step."""


@dataclass(frozen=True, slots=True)
class Training:
    """One run of an experiment. It says what to train with; where the run starts, the grader draws."""

    net: Callable[[Any], Any]
    """``net(impl)`` makes the model, with its parameters as they are drawn at the start."""
    update_rule: str
    learning_rate: float
    batch_size: int
    num_epochs: int
    lr_decay: float = 1.0
    num_train: int | None = None
    """Only so many of the training images, the first ones."""
    restore_best: bool = True
    """What counts are the parameters that are best on the validation images, not those of the end."""
    draws_numbers: bool = False
    """The net draws random numbers in training, as dropout does: nobody can compute its steps again."""
    show_gradients: bool = False
    """Draw the sizes of the gradients before the first step, layer by layer."""
    forms: UpdateForms | None = None
