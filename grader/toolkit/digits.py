"""The 8x8 handwritten digits: 1,797 images, 47 kB, embedded; small enough for any experiment."""

from typing import Literal, TypeAlias, get_args

from grader.toolkit.splits import Data, Images, Scale, embedded, one_of, split

DigitsShape: TypeAlias = Literal["flat", "image"]


def load_digits(
    shape: DigitsShape = "flat",
    *,
    num_train: int = 1197,
    num_val: int = 300,
    num_test: int = 300,
    scale: Scale = "centred",
) -> Data:
    """Load handwritten digits of 8x8 pixels: `X_train y_train X_val y_val X_test y_test`.

    `shape` of the images: "flat" (N, 64) or "image" (N, 8, 8).
    `scale` of the pixels: "raw" grey levels 0..16 minus the mean training image, "centred" the
    same divided by 16 (within -1..1), "unit" 0..1 with nothing subtracted.
    Images are float64, labels int64 (the digit itself).
    Ten consecutive training or test images, counted from the first, show the ten digits once
    each. `num_train + num_val` may be up to 1,497, `num_test` up to 300. Raises ValueError where
    a name is unknown or a number does not fit.
    """
    one_of("shape", shape, get_args(DigitsShape))
    source = embedded("digits", white=16)
    if shape == "flat":
        source = Images(
            source.images.reshape(-1, 64),
            source.labels,
            source.held_out_images.reshape(-1, 64),
            source.held_out_labels,
            source.white,
        )
    return split(source, num_train=num_train, num_val=num_val, num_test=num_test, scale=scale)
