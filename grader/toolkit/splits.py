"""Bytes in, a training dictionary out: the split and the pixel scales that all data sets share."""

from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

Data: TypeAlias = dict[str, NDArray[Any]]
"""`X_train X_val X_test` (float64 images) and `y_train y_val y_test` (int64 labels)."""

Scale: TypeAlias = Literal["centred", "raw", "unit"]
"""How pixels become numbers; `scaled` says what each name means."""


@dataclass(frozen=True)
class Images:
    """Images of one source as bytes, before they are split and scaled.

    `images` (N, ...) uint8 and `labels` (N,) are for training and validation; `held_out_images`
    and `held_out_labels` are for testing. `white` is the largest value that a pixel can have.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    held_out_images: NDArray[np.uint8]
    held_out_labels: NDArray[np.uint8]
    white: int = 255


def embedded(name: str, white: int = 255) -> Images:
    """Read the data set `name` that comes with this package; nothing is downloaded."""
    file = resources.files("grader.toolkit").joinpath("data", f"{name}.npz")
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        return Images(stored["X_train"], stored["y_train"], stored["X_test"], stored["y_test"], white)


def split(source: Images, *, num_train: int, num_val: int, num_test: int, scale: Scale) -> Data:
    """Split `source` into training, validation and test images, and scale the pixels.

    Training images are taken from the beginning and validation images from the end, so that a
    larger `num_train` adds images and changes none, and the validation set stays what it was.
    Raises ValueError for an unknown scale, a number below 1, or more images than there are.
    """
    one_of("scale", scale, get_args(Scale))
    for name, number in (("num_train", num_train), ("num_val", num_val), ("num_test", num_test)):
        if number < 1:
            raise ValueError(f"{name} must be at least 1, not {number}")
    available, held_out = len(source.images), len(source.held_out_images)
    if num_train + num_val > available:
        raise ValueError(
            f"num_train + num_val is {num_train} + {num_val} = {num_train + num_val}, "
            f"and there are {available} images to take both from"
        )
    if num_test > held_out:
        raise ValueError(f"num_test is {num_test}, and there are {held_out} test images")

    parts = {
        "train": (source.images[:num_train], source.labels[:num_train]),
        "val": (source.images[-num_val:], source.labels[-num_val:]),
        "test": (source.held_out_images[:num_test], source.held_out_labels[:num_test]),
    }
    data: Data = {}
    mean_image = parts["train"][0].mean(axis=0)
    for part, (images, labels) in parts.items():
        data[f"X_{part}"] = scaled(images, scale, mean_image, source.white)
        data[f"y_{part}"] = labels.astype(np.int64)
    return data


def scaled(
    images: NDArray[np.uint8], scale: Scale, mean_image: NDArray[np.float64], white: int
) -> NDArray[np.float64]:
    """Turn bytes (N, ...) into float64 numbers of the same shape.

    - `raw`: grey levels 0 to `white`, minus `mean_image` (that of the training images, the same
      for every part), as CS231n prepares CIFAR-10: within -`white` to +`white`.
    - `centred`: the same divided by `white`, so within -1 to +1.
    - `unit`: 0 (black) to 1 (white), nothing subtracted.
    """
    numbers = images.astype(np.float64)
    # In place from here on: 49,000 images of CIFAR-10 take 1.2 GB, and one copy is enough.
    if scale != "unit":
        numbers -= mean_image
    if scale != "raw":
        numbers /= white
    return numbers


def one_of(name: str, value: object, known: tuple[str, ...]) -> None:
    """Raise a ValueError that lists what is `known` if `value` is not one of them."""
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, known))}, not {value!r}")
