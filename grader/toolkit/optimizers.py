"""The toolkit's own update rules, for a notebook that does not ask for any.

A rule is a function `(w, dw, config=None) -> next_w, config`: it takes one parameter array and
its gradient, of the same shape, and a dictionary that holds the rule's settings and memory.
"""

import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Config: TypeAlias = dict[str, Any]
UpdateRule: TypeAlias = Callable[..., tuple[NDArray[Any], Config]]


def sgd(
    w: NDArray[np.floating[Any]], dw: NDArray[np.floating[Any]], config: Config | None = None
) -> tuple[NDArray[np.floating[Any]], Config]:
    """Plain stochastic gradient descent: w - learning_rate * dw.

    `w` and `dw` have the same shape; `config["learning_rate"]` is 1e-2 unless given. Returns a
    new array and the config; `w` is left as it was.
    """
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    return w - config["learning_rate"] * dw, config


RULES: dict[str, UpdateRule] = {"sgd": sgd}


def find_rule(rule: UpdateRule | str) -> UpdateRule:
    """Find the update rule that is meant: `rule` itself, or the one of that name.

    A name is looked up among the functions that the notebook defines (the module `__main__`),
    then among the toolkit's own. Raises ValueError that lists both where there is none.
    """
    if callable(rule):
        return rule
    notebook = vars(sys.modules["__main__"])
    # A notebook's own rule comes first: a student wants to train with what they wrote.
    for functions in (notebook, RULES):
        function = functions.get(str(rule))
        if callable(function):
            return function
    defined = [
        name
        for name, value in notebook.items()
        if isinstance(value, FunctionType)
        and value.__code__.co_varnames[: value.__code__.co_argcount][:2] == ("w", "dw")
    ]
    raise ValueError(
        f"there is no update rule {rule!r}. Rules that this notebook defines: "
        f"{', '.join(sorted(defined)) or 'none'}; the toolkit's own: {', '.join(RULES)}. "
        "A function can be given as well as a name."
    )
