"""What the scripts that make the embedded data share: an order of images, and a way to store them.

The order deals the classes out like cards: one image of each class, then one more of each, and so
on. Every slice whose ends are multiples of the number of classes is then exactly balanced, so
"the first 50 images" of a notebook hold five of each, whatever the seed was.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def balanced_order(
    labels: NDArray[np.uint8], random: np.random.RandomState, per_class: int | None = None
) -> NDArray[np.int64]:
    """Positions of `labels` (N,), shuffled and dealt out class by class.

    With `per_class`, only so many of each class, else all; a class with fewer images than the
    others then runs out before the end. Raises ValueError where a class has too few.
    """
    rounds: list[list[int]] = []
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        if per_class is not None and len(members) < per_class:
            raise ValueError(f"class {label} has {len(members)} images, {per_class} are needed")
        for turn, member in enumerate(members[:per_class]):
            if turn == len(rounds):
                rounds.append([])
            rounds[turn].append(int(member))
    # Within a round the classes come in random order, or every batch would start with class 0.
    return np.array([member for turn in rounds for member in random.permutation(turn)])


def save(path: Path, arrays: Mapping[str, NDArray[np.uint8]]) -> None:
    """Write `arrays` to `path` as a compressed npz of bytes, and print what it holds."""
    stored: dict[str, Any] = dict(arrays)
    np.savez_compressed(path, **stored)
    shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
    print(f"{path}: {shapes}; {path.stat().st_size:,} bytes")
