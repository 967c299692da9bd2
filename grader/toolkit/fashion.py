"""Fashion-MNIST, a balanced part of it: 5,000 training and 1,000 held-out images, embedded."""

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.splits import Data, Images, Scale, embedded, one_of, split

FASHION_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""The name of each label, 0 to 9."""

FashionShape: TypeAlias = Literal["flat", "image", "cifar10"]


def load_fashion(
    shape: FashionShape = "flat",
    *,
    num_train: int = 4000,
    num_val: int = 1000,
    num_test: int = 1000,
    scale: Scale = "centred",
) -> Data:
    """Load small grey pictures of clothes: `X_train y_train X_val y_val X_test y_test`.

    `shape` of the images: "flat" (N, 784), "image" (N, 28, 28), or "cifar10" (N, 3, 32, 32):
    padded with black to 32x32, three equal channels, for a net that was written for CIFAR-10.
    `scale` of the pixels: "raw" grey levels 0..255 minus the mean training image, "centred" the
    same divided by 255 (within -1..1), "unit" 0..1 with nothing subtracted.
    Images are float64, labels int64 (`FASHION_CLASSES` names them).
    Ten consecutive images, counted from the first, show the ten classes once each.
    `num_train + num_val` may be up to 5,000, `num_test` up to 1,000. Raises ValueError where a
    name is unknown or a number does not fit.
    """
    one_of("shape", shape, get_args(FashionShape))
    stored = embedded("fashion")
    source = Images(
        _shaped(stored.images, shape),
        stored.labels,
        _shaped(stored.held_out_images, shape),
        stored.held_out_labels,
    )
    return split(source, num_train=num_train, num_val=num_val, num_test=num_test, scale=scale)


def _shaped(images: NDArray[np.uint8], shape: FashionShape) -> NDArray[np.uint8]:
    """Give images (N, 28, 28) the asked shape; the channels of "cifar10" share their memory."""
    if shape == "flat":
        return images.reshape(len(images), -1)
    if shape == "image":
        return images
    padded = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return np.broadcast_to(padded[:, np.newaxis], (len(images), 3, 32, 32))
