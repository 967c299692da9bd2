"""Update rules on a landscape that can be drawn: a valley that is steep across and flat along."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.examples import describe, is_pair
from grader.toolkit.optimizers import UpdateRule
from grader.toolkit.strokes import strokes

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def show_paths(
    rules: Mapping[str, tuple[UpdateRule, Mapping[str, Any]]],
    *,
    quadratic: tuple[float, float] = (0.05, 1.0),
    start: tuple[float, float] = (-8.0, 2.0),
    steps: int = 60,
) -> "Figure":
    """Let rules walk down the valley ½(a x² + b y²), and draw each path in a panel of its own.

    `rules` maps a name to a rule and its settings: `{"sgd": (sgd, {"learning_rate": 0.5})}`; there
    may be up to six. `valley` is (a, b): its gradient is (a x, b y), its lowest point is (0, 0).
    All begin at `start` and take `steps` steps. Raises ValueError where there is no rule, or one
    does not return a pair of next_w, of shape (2,), and config.
    """
    if not rules:
        raise ValueError('there is no rule to draw: give {"sgd": (sgd, {"learning_rate": 0.5})}')
    style = strokes(rules)
    paths = {
        name: _path(name, rule, settings, quadratic, start, steps) for name, (rule, settings) in rules.items()
    }
    from grader.toolkit.drawing import paper

    columns = min(2, len(rules))
    rows = math.ceil(len(rules) / columns)
    wide, high = 1.2 * max(abs(start[0]), 1e-9), 1.5 * max(abs(start[1]), 1e-9)
    with paper(5.6 * columns, 2.9 * rows) as figure:
        panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        x, y = np.meshgrid(np.linspace(-wide, wide, 121), np.linspace(-high, high, 81))
        ground = 0.5 * (quadratic[0] * x**2 + quadratic[1] * y**2)
        levels = float(ground.max()) * np.linspace(0.02, 1, 12) ** 2
        for axes, (name, path) in zip(panels, paths.items(), strict=False):
            axes.contour(x, y, ground, levels=levels, colors="0.8", linewidths=0.8)
            axes.plot(*path.T, color=style[name]["color"], marker="o", markersize=3, linewidth=1)
            axes.plot(*start, "s", color="black", markersize=6)
            axes.plot(0, 0, "*", color="black", markersize=11)
            axes.set_title(f"{name}: {_arrival(path[-1], steps)}", fontsize=10)
            axes.set(xlim=(-wide, 0.5 * wide), ylim=(-high, high))
        for axes in panels[len(rules) :]:
            axes.set_visible(False)
        figure.describe(
            f"Paths of {len(rules)} update rules from ({start[0]:g}, {start[1]:g}) down a valley whose "
            "lowest point is (0, 0). "
            + " ".join(f"{name}: {_arrival(path[-1], steps)}." for name, path in paths.items())
        )
    return figure


def _path(
    name: str,
    rule: UpdateRule,
    settings: Mapping[str, Any],
    quadratic: tuple[float, float],
    start: tuple[float, float],
    steps: int,
) -> NDArray[np.float64]:
    """The points that a rule comes to, (steps + 1, 2), the start among them."""
    points = [np.array(start, dtype=np.float64)]
    config: Any = dict(settings)
    for _ in range(steps):
        w = points[-1]
        answer = rule(w.copy(), w * quadratic, config)  # a copy: a rule may change w in place
        if not is_pair(answer) or np.shape(answer[0]) != (2,):
            raise ValueError(
                f"the update rule {name!r} must return a pair, next_w of shape (2,) and config; "
                f"it returned {describe(answer)}"
            )
        points.append(np.array(answer[0], dtype=np.float64))
        config = answer[1]
    return np.array(points)


def _arrival(point: NDArray[np.float64], steps: int) -> str:
    """How far from the lowest point a path ends, in words."""
    return f"{float(np.hypot(*point)):.2g} away after {steps} steps"
