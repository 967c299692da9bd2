"""Images, and weights drawn as images: what the data look like, and what the first layer sees.

Many small pictures are laid into one large array and drawn at once; an axes for each of them
takes matplotlib seconds.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PictureShape: TypeAlias = tuple[int, int] | tuple[int, int, int]
"""(height, width) of a grey picture, or (3, height, width) of one in colour."""

GAP = 1  # pixels between pictures
PAPER = "0.75"  # light grey: what is no picture must not look like a unit that learned nothing


def show_images(
    X: NDArray[Any], y: NDArray[Any], classes: Sequence[object], *, per_class: int = 7
) -> "Figure":
    """Draw the first `per_class` images of each class, one class a column.

    X: flat (N, D), grey (N, H, W) or colour (N, 3, H, W), at any scale; D must be a square, or
    3,072 for CIFAR-10. y (N,): labels, positions in `classes`, which holds the names. The darkest
    value of those shown becomes black and the brightest white; load with `scale="unit"` to see the
    images without the mean image taken off. Raises ValueError where the
    shapes do not fit, or there is no image to show.
    """
    X, y = np.asarray(X), np.asarray(y)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} images and y {len(y)} labels")
    shape = _picture_shape(X)
    columns = [X[np.flatnonzero(y == label)[:per_class]] for label in range(len(classes))]
    rows = max((len(column) for column in columns), default=0)
    if rows == 0:
        raise ValueError("none of the images belongs to one of the classes")
    from grader.toolkit.drawing import paper

    shown = np.concatenate(columns)
    darkest, brightest = float(shown.min()), float(shown.max())
    grid = np.full((rows, len(classes), *shape), np.nan)
    for column, images in enumerate(columns):
        grid[: len(images), column] = images.reshape(-1, *shape)
    grid = (grid - darkest) / ((brightest - darkest) or 1)
    with paper(len(classes) + 0.2, rows + 0.5) as figure:
        axes = figure.subplots()
        axes.imshow(_mosaic(grid), cmap="gray", vmin=0, vmax=1)
        step = shape[-1] + GAP
        centres = [column * step + shape[-1] / 2 for column in range(len(classes))]
        axes.set_xticks(centres, [str(name) for name in classes], fontsize=9)
        axes.xaxis.tick_top()
        axes.set_yticks([])
        _bare(axes)
        counts = (f"{name} {len(c)}" for name, c in zip(classes, columns, strict=True))
        figure.describe(f"Example images, one class a column, {_size(shape)} each: {', '.join(counts)}.")
    return figure


def show_weights(W1: NDArray[Any], shape: PictureShape) -> "Figure":
    """Draw the weights that lead to each hidden unit as a picture of the input's shape.

    W1 (D, H), D = the product of `shape`: (28, 28), or (3, 32, 32) in colour. All pictures share
    one scale. Grey shapes: orange is positive, white 0, purple negative; colour shapes: middle
    grey is 0. Raises ValueError where W1 does not fit the shape.
    """
    tiles = _tiles(W1, shape)
    from grader.toolkit.drawing import SIGNED, paper

    units = len(tiles)
    columns = math.ceil(math.sqrt(units))
    rows = math.ceil(units / columns)
    limit = _limit(tiles)
    grid = np.full((rows * columns, *shape), np.nan)
    grid[:units] = _signed(tiles / limit)
    with paper(0.75 * columns + 1.4, 0.75 * rows + 0.5) as figure:
        axes = figure.subplots()
        mosaic = _mosaic(grid.reshape(rows, columns, *shape))
        image = axes.imshow(mosaic, cmap=SIGNED, vmin=0, vmax=1)
        axes.set_facecolor(PAPER)
        axes.set_title(f"First-layer weights, {units} hidden units", fontsize=10)
        axes.set_xticks([])
        axes.set_yticks([])
        _bare(axes)
        if len(shape) == 2:
            bar = figure.colorbar(image, ax=axes, ticks=[0, 0.5, 1], shrink=0.8)
            bar.ax.set_yticklabels([f"{-limit:.2g}", "0", f"{limit:.2g}"])
        figure.describe(
            f"First-layer weights of {units} hidden units as pictures of {_size(shape)}; {_range(tiles)}."
        )
    return figure


def weights_film(
    params_at: Mapping[int, Mapping[str, NDArray[Any]]],
    shape: PictureShape,
    *,
    name: str = "W1",
    units: int = 10,
) -> "Figure":
    """Draw the first layer's weights while it learns: a row for each epoch, a column for each unit.

    `params_at` is `Solver(..., keep_params_at=(0, 1, 2, 5, 10)).params_at`: epoch -> params, where
    `params[name]` is (D, H) with D = the product of `shape`; the first `units` of H are drawn.
    Each row has its own scale, written beside it, since weights start small and grow. Colours as
    in `show_weights`. Raises ValueError where no epoch was kept, or the weights do not fit.
    """
    if not params_at:
        raise ValueError("no epoch was kept: give the Solver keep_params_at=(0, 1, 2, 5, 10), and train")
    from grader.toolkit.drawing import SIGNED, paper

    epochs = sorted(params_at)
    film = [_tiles(params_at[epoch][name], shape)[:units] for epoch in epochs]
    limits = [_limit(tiles) for tiles in film]
    grid = np.stack([_signed(t / limit) for t, limit in zip(film, limits, strict=True)])
    rows, columns = grid.shape[:2]
    with paper(0.9 * columns + 1.6, 0.9 * rows + 0.5) as figure:
        axes = figure.subplots()
        axes.imshow(_mosaic(grid), cmap=SIGNED, vmin=0, vmax=1)
        axes.set_facecolor(PAPER)
        step = shape[-2] + GAP
        labels = [f"epoch {e}\n±{limit:.2g}" for e, limit in zip(epochs, limits, strict=True)]
        axes.set_yticks([row * step + shape[-2] / 2 for row in range(rows)], labels, fontsize=9)
        axes.set_xticks([])
        axes.set_title(f"{name} while learning, the first {columns} units", fontsize=10)
        _bare(axes)
        texts = (f"epoch {e}: {_range(tiles)}" for e, tiles in zip(epochs, film, strict=True))
        figure.describe(
            f"Weights {name} of {columns} hidden units as pictures of {_size(shape)}, "
            f"a row for each epoch. {'; '.join(texts)}."
        )
    return figure


def _picture_shape(X: NDArray[Any]) -> PictureShape:
    """The shape of one picture of X: as X has it, or for a flat X the one that its length means."""
    if X.ndim == 3:
        return X.shape[1], X.shape[2]
    if X.ndim == 4 and X.shape[1] == 3:
        return 3, X.shape[2], X.shape[3]
    if X.ndim == 2:
        side = math.isqrt(X.shape[1])
        if side * side == X.shape[1]:
            return side, side
        if X.shape[1] == 3 * 32 * 32:
            return 3, 32, 32
    raise ValueError(
        f"X has shape {X.shape}; images are (N, H, W), (N, 3, H, W), or (N, D) with D a square or 3072"
    )


def _tiles(W: NDArray[Any], shape: PictureShape) -> NDArray[np.float64]:
    """Turn weights (D, H) into H pictures of `shape`, or say why they are none."""
    W = np.asarray(W, dtype=np.float64)
    if len(shape) not in (2, 3) or (len(shape) == 3 and shape[0] != 3):
        raise ValueError(f"shape must be (height, width) or (3, height, width), not {shape}")
    if W.ndim != 2 or W.shape[0] != math.prod(shape) or W.shape[1] == 0:
        raise ValueError(
            f"weights of shape {W.shape} are not pictures of {shape}: ({math.prod(shape)}, H) are needed"
        )
    return W.T.reshape(-1, *shape)


def _limit(tiles: NDArray[np.float64]) -> float:
    """The largest finite weight without its sign, or 1 where there is none but 0."""
    return float(np.abs(tiles[np.isfinite(tiles)]).max(initial=0)) or 1.0


def _signed(tiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map -1..1 to 0..1, so that a weight of 0 is in the middle; what is not finite goes there."""
    return np.clip(np.nan_to_num(tiles, nan=0, posinf=0, neginf=0) / 2 + 0.5, 0, 1)


def _mosaic(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay pictures (rows, columns, H, W) or (rows, columns, 3, H, W) into one, with gaps.

    Gaps, and pictures that are NaN, stay NaN, which is drawn as paper; colour has no such value,
    and gets white. Returns (rows * (H + GAP) - GAP, ...), in colour with a last axis of 3.
    """
    if grid.ndim == 5:
        channels = [_mosaic(grid[:, :, channel]) for channel in range(3)]
        return np.nan_to_num(np.stack(channels, axis=-1), nan=1)
    rows, columns, height, width = grid.shape
    padded = np.full((rows, columns, height + GAP, width + GAP), np.nan)
    padded[:, :, :height, :width] = grid
    joined = padded.swapaxes(1, 2).reshape(rows * (height + GAP), columns * (width + GAP))
    return joined[:-GAP, :-GAP]


def _bare(axes: Any) -> None:
    """Take away what frames a plot and disturbs a picture."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _size(shape: PictureShape) -> str:
    """`28×28 pixels`, for descriptions."""
    return f"{shape[-2]}×{shape[-1]} pixels"


def _range(tiles: NDArray[np.float64]) -> str:
    """The range and the spread of weights in words; a net that diverged has few that are finite."""
    finite = tiles[np.isfinite(tiles)]
    lost = tiles.size - finite.size
    if not finite.size:
        return "none of them finite"
    text = f"from {finite.min():.2g} to {finite.max():.2g}, standard deviation {finite.std():.2g}"
    return f"{text}, {lost} not finite" if lost else text
