"""Curves of anything against anything, in one panel or several that share their axes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from grader.toolkit.strokes import strokes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Curve: TypeAlias = Mapping[Any, float]
"""x → y; a mapping of whole numbers is one too."""

FEW = 30  # points up to which each of them gets a mark
LISTED = 10  # points up to which the description has them all


def show_curves(
    panels: Mapping[str, Mapping[str, Curve]], *, xlabel: str, ylabel: str, log: str = ""
) -> "Figure":
    """Draw curves in panels: `{"title": {"name of the curve": {x: y, x: y}}}`.

    A name has the same colour, stroke and mark in every panel; there may be up to six. `log` names
    the axes that are logarithmic: "", "x", "y" or "xy"; on such a y axis a value that is 0 or less
    leaves a gap, as one that is not finite does on any. Raises ValueError where there is nothing to
    draw.
    """
    if not any(curve for curves in panels.values() for curve in curves.values()):
        raise ValueError('there is nothing to draw: give {"title": {"name": {x: y}}}')
    style = strokes(dict.fromkeys(name for curves in panels.values() for name in curves))
    from grader.toolkit.drawing import paper

    with paper(3.2 + 4.2 * len(panels), 4.2) as figure:
        for axes, (title, curves) in zip(
            figure.subplots(1, len(panels), sharey=True, squeeze=False)[0], panels.items(), strict=True
        ):
            for name, curve in curves.items():
                stroke = style[name] if len(curve) <= FEW else {**style[name], "marker": ""}
                axes.plot(list(curve), _shown(curve, log), **stroke, markersize=5, label=name)
            for letter in log:
                axes.set(**{f"{letter}scale": "log"})
            ticks = sorted({x for curve in curves.values() for x in curve})
            if "x" in log and len(ticks) <= LISTED:  # the values themselves, and not powers of ten
                axes.set_xticks(ticks, [f"{x:g}" for x in ticks])
                axes.minorticks_off()
            elif "x" not in log and all(float(x).is_integer() for x in ticks):
                axes.xaxis.get_major_locator().set_params(integer=True)
            axes.set(title=title, xlabel=xlabel)
            axes.grid(alpha=0.3)
        figure.axes[0].set_ylabel(ylabel)
        handles: dict[str, Any] = {}
        for axes in figure.axes:  # a curve may be in one of them only
            handles |= {
                label: handle for handle, label in zip(*axes.get_legend_handles_labels(), strict=True)
            }
        figure.legend(list(handles.values()), list(handles), loc="outside right upper", handlelength=3.5)
        texts = (
            f"{title}. " + " ".join(f"{name}: {_description(curve)}." for name, curve in curves.items())
            for title, curves in panels.items()
        )
        figure.describe(f"Curves of {ylabel} against {xlabel}. " + " ".join(texts))
    return figure


def _shown(curve: Curve, log: str) -> list[float]:
    """The heights of a curve, NaN where it has no place on its axis."""
    return [y if np.isfinite(y) and (y > 0 or "y" not in log) else np.nan for y in curve.values()]


def _description(curve: Curve) -> str:
    """One curve in words: each of its points, or of many the first, lowest, highest and last."""
    points = [f"{y:.3g} at {x:g}" for x, y in curve.items()]
    if len(points) <= LISTED:
        return ", ".join(points) or "no point"
    heights = np.array(list(curve.values()), dtype=np.float64)
    if np.isnan(heights).all():
        return f"{len(points)} points, none a number"
    lowest, highest = points[np.nanargmin(heights)], points[np.nanargmax(heights)]
    return f"{points[0]}, {points[-1]}, lowest {lowest}, highest {highest}"
