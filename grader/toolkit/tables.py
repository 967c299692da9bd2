"""A layer's numbers as a coloured table, with the mean and the spread of each column and each row."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LARGEST = 12  # rows, and columns: more of them cannot be read
GAP = 0.35  # of a cell, between the numbers and what is said of them


def show_statistics(tables: Mapping[str, NDArray[Any]]) -> "Figure":
    """Draw small tables of numbers side by side, with mean and standard deviation of columns and rows.

    `tables` maps a title to an array (N, D), N examples as rows and D features as columns, neither
    above 12; there may be up to three. Each table has its own scale of colours: orange is positive,
    white 0, purple negative. The standard deviation is the biased one. Raises ValueError where there
    is no table, or one has another shape.
    """
    if not 1 <= len(tables) <= 3:
        raise ValueError(f"one to three tables can be drawn side by side, and not {len(tables)}")
    arrays = {title: np.asarray(table, dtype=np.float64) for title, table in tables.items()}
    for title, table in arrays.items():
        if table.ndim != 2 or not table.size or max(table.shape) > LARGEST:
            raise ValueError(
                f"{title!r} has shape {table.shape}: (N, D) up to ({LARGEST}, {LARGEST}) are drawn"
            )
    from grader.toolkit.drawing import paper

    width = sum(table.shape[1] + 2 + GAP for table in arrays.values())
    height = max(len(table) for table in arrays.values()) + 2 + GAP
    with paper(0.55 * width + 0.9 * len(arrays), 0.36 * height + 0.7) as figure:
        for axes, (title, table) in zip(
            figure.subplots(1, len(arrays), squeeze=False)[0], arrays.items(), strict=True
        ):
            _draw(axes, title, table)
        figure.describe(" ".join(_description(title, table) for title, table in arrays.items()))
    return figure


def _draw(axes: Any, title: str, table: NDArray[np.float64]) -> None:
    """One table: its cells in colour, and beneath and beside them what is said of columns and rows."""
    from grader.toolkit.drawing import SIGNED

    rows, columns = table.shape
    limit = float(np.abs(table[np.isfinite(table)]).max(initial=0)) or 1.0
    # Twice as far as the numbers reach: black figures stay legible on every colour that is left.
    axes.pcolormesh(
        np.arange(columns + 1),
        np.arange(rows + 1),
        table,
        cmap=SIGNED,
        vmin=-2 * limit,
        vmax=2 * limit,
        edgecolors="white",
        linewidth=1.5,
    )
    for (row, column), value in np.ndenumerate(table):
        axes.text(column + 0.5, row + 0.5, _number(value), ha="center", va="center", fontsize=9)
    of_columns, of_rows = ((table.mean(axis=axis), table.std(axis=axis)) for axis in (0, 1))
    for place, name in enumerate(("mean", "std")):
        for column, value in enumerate(of_columns[place]):
            axes.text(column + 0.5, rows + GAP + place + 0.5, _number(value), **_OF)
        for row, value in enumerate(of_rows[place]):
            axes.text(columns + GAP + place + 0.5, row + 0.5, _number(value), **_OF)
        axes.text(-0.15, rows + GAP + place + 0.5, name, ha="right", va="center", fontsize=9)
        axes.text(columns + GAP + place + 0.5, -0.15, name, ha="center", va="bottom", fontsize=9)
    axes.set(xlim=(-0.9, columns + 2 + GAP), ylim=(rows + 2 + GAP, -0.7))
    axes.set_title(title, fontsize=10)
    axes.axis("off")


_OF: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9, "fontweight": "bold"}


def _number(value: float) -> str:
    """Short, and without a −0."""
    shown = f"{value:.1f}" if abs(value) >= 9.95 else f"{value:.2f}"
    return shown.lstrip("-") if not float(shown) else shown.replace("-", "−")


def _description(title: str, table: NDArray[np.float64]) -> str:
    """One table in words: its size, and what is said of its columns and rows."""
    rows, columns = table.shape
    parts = (
        f"{'columns' if axis == 0 else 'rows'}: means {_join(table.mean(axis=axis))}; "
        f"standard deviations {_join(table.std(axis=axis))}"
        for axis in (0, 1)
    )
    return f"{title}, {rows} rows and {columns} columns; " + "; ".join(parts) + "."


def _join(values: NDArray[np.float64]) -> str:
    return ", ".join(_number(value) for value in values)
