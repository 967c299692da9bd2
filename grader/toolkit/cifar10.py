"""CIFAR-10, for whoever has it: both layouts in which its authors publish it."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.splits import Data, Images, Scale, one_of, split
from grader.toolkit.unpickle import load_plain

CIFAR10_CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
"""The name of each label, 0 to 9."""

Cifar10Shape: TypeAlias = Literal["image", "flat"]
Batch: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.uint8]]

PIXELS = 3 * 32 * 32
BATCHES = ("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")
# The archives unpack to folders of these names; the folder above them is as good an answer.
SUBFOLDERS = ("", "cifar-10-batches-bin", "cifar-10-batches-py")


def load_cifar10(
    folder: str | Path,
    shape: Cifar10Shape = "image",
    *,
    num_train: int = 49_000,
    num_val: int = 1_000,
    num_test: int = 1_000,
    scale: Scale = "raw",
) -> Data:
    """Load CIFAR-10 from `folder`: `X_train y_train X_val y_val X_test y_test`.

    `folder` holds the unpacked files of the binary version (`data_batch_1.bin` and so on) or of
    the python version (`data_batch_1`), or holds the folder that the archive unpacks to.
    `shape` of the images: "image" (N, 3, 32, 32) or "flat" (N, 3072); channels red, green, blue.
    `scale` of the pixels: "raw" levels 0..255 minus the mean training image, "centred" the same
    divided by 255, "unit" 0..1. Images are float64 (24 kB each: the default takes 1.3 GB), labels
    int64 (`CIFAR10_CLASSES` names them). The defaults for numbers, shape and scale are CS231n's.
    Raises FileNotFoundError where the files are not there, saying what to fetch; ValueError for a
    file that is damaged, truncated or not what it says, and for wrong arguments.
    """
    one_of("shape", shape, get_args(Cifar10Shape))
    folder_found, suffix, read = _layout(Path(folder))
    training = [read(folder_found / f"{name}{suffix}") for name in BATCHES]
    held_out_images, held_out_labels = read(folder_found / f"test_batch{suffix}")
    one = (PIXELS,) if shape == "flat" else (3, 32, 32)
    source = Images(
        np.concatenate([images for images, _ in training]).reshape(-1, *one),
        np.concatenate([labels for _, labels in training]),
        held_out_images.reshape(-1, *one),
        held_out_labels,
    )
    return split(source, num_train=num_train, num_val=num_val, num_test=num_test, scale=scale)


def _layout(folder: Path) -> tuple[Path, str, Callable[[Path], Batch]]:
    """Find which layout is in `folder`: where, the files' suffix, and what reads one of them."""
    for subfolder in SUBFOLDERS:
        for suffix, read in ((".bin", _read_binary), ("", _read_python)):
            names = [f"{name}{suffix}" for name in (*BATCHES, "test_batch")]
            missing = [name for name in names if not (folder / subfolder / name).is_file()]
            if not missing:
                return folder / subfolder, suffix, read
            if len(missing) < len(names):
                raise FileNotFoundError(f"{folder / subfolder} lacks {', '.join(missing)}")
    raise FileNotFoundError(
        f"no CIFAR-10 in {folder}. Download cifar-10-binary.tar.gz or cifar-10-python.tar.gz "
        "from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, and give the folder that "
        "holds data_batch_1.bin or data_batch_1. Without it, load_fashion(shape='cifar10') "
        "gives images of the same shape."
    )


def _read_binary(path: Path) -> Batch:
    """Read one file of records of 3,073 bytes: a label, then 1,024 red, green and blue each."""
    content = np.fromfile(path, dtype=np.uint8)
    if len(content) == 0 or len(content) % (1 + PIXELS):
        raise ValueError(
            f"{path} has {len(content):,} bytes, which is no whole number of records of "
            f"{1 + PIXELS:,}: it is truncated, or is not CIFAR-10"
        )
    records = content.reshape(-1, 1 + PIXELS)
    return records[:, 1:], _checked_labels(path, records[:, 0])


def _read_python(path: Path) -> Batch:
    """Read one pickled dictionary of `data` (N, 3072) uint8 and `labels`, a list of N integers."""
    content = load_plain(path)
    if not isinstance(content, dict) or not {"data", "labels"} <= content.keys():
        raise ValueError(f"{path} is not a batch of CIFAR-10: it has no 'data' and 'labels'")
    images, labels = content["data"], content["labels"]
    if not isinstance(images, np.ndarray) or images.dtype != np.uint8:
        raise ValueError(f"{path}: 'data' is not an array of bytes")
    if not isinstance(labels, list) or not all(type(label) is int for label in labels):
        raise ValueError(f"{path}: 'labels' is not a list of integers")
    if images.shape != (len(labels), PIXELS) or not labels:
        raise ValueError(
            f"{path}: 'data' has shape {images.shape}; for {len(labels)} labels it must be "
            f"({len(labels)}, {PIXELS}), and at least one"
        )
    return images, _checked_labels(path, np.array(labels))


def _checked_labels(path: Path, labels: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return `labels` (N,) as bytes, or raise ValueError naming the first that is not 0 to 9."""
    wrong = np.flatnonzero((labels < 0) | (labels >= len(CIFAR10_CLASSES)))
    if len(wrong):
        raise ValueError(
            f"{path}: image {wrong[0]} has label {labels[wrong[0]]}; labels are 0 to 9. "
            "The file is damaged, or is not CIFAR-10 (CIFAR-100 has another layout)"
        )
    return labels.astype(np.uint8)
