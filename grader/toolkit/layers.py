"""Gradients layer by layer: where in a deep net they are too small or too large to learn from."""

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.strokes import strokes

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def show_gradient_sizes(grads: Mapping[str, Mapping[str, NDArray[Any]]]) -> "Figure":
    """Draw how large the gradients of biases and of weights are in each layer, on a log axis.

    `grads` maps a name for each net to its gradients, `loss, grads = net.loss(X, y)`, with the
    keys W1, b1, W2, b2 and so on; there may be up to six. The size is the root mean square of the
    elements. A gradient that is exactly 0, or not finite, has no place on such an axis and leaves
    a gap. Raises ValueError where there is none, or one lacks W1 or b1.
    """
    if not grads:
        raise ValueError('there is nothing to draw: give {"name": grads, ...}')
    sizes = {name: (_sizes(name, found, "b"), _sizes(name, found, "W")) for name, found in grads.items()}
    style = strokes(grads)
    from grader.toolkit.drawing import paper

    with paper(11, 4.4) as figure:
        panels = figure.subplots(1, 2, sharey=True)
        for panel, title in enumerate(("Gradients of the biases b", "Gradients of the weights W")):
            axes = panels[panel]
            for name, found in sizes.items():
                shown = [size if np.isfinite(size) and size > 0 else np.nan for size in found[panel]]
                axes.plot(range(1, len(shown) + 1), shown, **style[name], label=name)
            axes.set_yscale("log")
            axes.set(title=title, xlabel="layer")
            axes.xaxis.get_major_locator().set_params(integer=True)
            axes.grid(alpha=0.3)
        panels[0].set_ylabel("root mean square")
        handles, names = panels[0].get_legend_handles_labels()
        figure.legend(handles, names, loc="outside right upper", handlelength=3.5)
        told = (
            f"{name}: biases {_join(biases)}; weights {_join(weights)}."
            for name, (biases, weights) in sizes.items()
        )
        figure.describe(
            "Root mean square of the gradients from the first layer to the last. " + " ".join(told)
        )
    return figure


def _sizes(name: str, grads: Mapping[str, NDArray[Any]], letter: str) -> list[float]:
    """The root mean square of `letter`1, `letter`2, … as far as they go."""
    if f"{letter}1" not in grads:
        raise ValueError(
            f"the gradients of {name!r} have no {letter}1, only {', '.join(map(repr, grads)) or 'nothing'}"
        )
    sizes = []
    for layer in itertools.takewhile(lambda n: f"{letter}{n}" in grads, itertools.count(1)):
        # In float64: the square of a small float32 is 0.
        with np.errstate(over="ignore", invalid="ignore"):
            sizes.append(float(np.sqrt(np.mean(np.asarray(grads[f"{letter}{layer}"], np.float64) ** 2))))
    return sizes


def _join(sizes: list[float]) -> str:
    """`1.2e-07, 3e-05`, for descriptions."""
    return ", ".join(f"{size:.2g}" for size in sizes)
