"""CIFAR-10 from files that the tests write: both layouts, and everything that can be wrong."""

import pickle
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.toolkit import CIFAR10_CLASSES, load_cifar10

NAMES = [*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"]
EACH = 4
FEW: Any = {"num_train": 12, "num_val": 8, "num_test": 4}

random = np.random.RandomState(0)
PIXELS = random.randint(0, 256, (6 * EACH, 3072)).astype(np.uint8)
LABELS = random.randint(0, 10, 6 * EACH)


def parts() -> Any:
    for number, name in enumerate(NAMES):
        chosen = slice(number * EACH, (number + 1) * EACH)
        yield name, PIXELS[chosen], LABELS[chosen].tolist()


def python_2_pickle(pixels: NDArray[np.uint8], labels: list[int]) -> bytes:
    """Protocol 2 as Python 2 and numpy 1 wrote it, opcode by opcode: text and bytes are one type.

    It is what the published files hold; Python 3 cannot write it.
    """
    raw, (rows, columns) = pixels.tobytes(), pixels.shape
    return (
        b"\x80\x02}(U\x04datacnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"
        b"K\x00\x85U\x01b\x87R(K\x01"
        + b"K"
        + bytes([rows])
        + b"M"
        + struct.pack("<H", columns)
        + b"\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R(K\x03U\x01|NNNJ\xff\xff\xff\xff"
        b"J\xff\xff\xff\xffK\x00tb\x89T" + struct.pack("<I", len(raw)) + raw + b"tb"
        b"U\x06labels](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
        b"U\x0bbatch_labelU\x15training batch 1 of 5\x75."
    )


def python_3_pickle(pixels: Any, labels: list[int]) -> bytes:
    return pickle.dumps({"data": pixels, "labels": labels}, protocol=4)


def binary(pixels: Any, labels: list[int]) -> bytes:
    return np.column_stack([np.array(labels, np.uint8), pixels]).tobytes()


@pytest.fixture(params=["binary", "python 2", "python 3"])
def folder(request: Any, tmp_path: Path) -> Path:
    write: Callable[[Any, list[int]], bytes]
    suffix, write = {
        "binary": (".bin", binary),
        "python 2": ("", python_2_pickle),
        "python 3": ("", python_3_pickle),
    }[request.param]
    for name, pixels, labels in parts():
        (tmp_path / f"{name}{suffix}").write_bytes(write(pixels, labels))
    return tmp_path


def test_both_layouts_give_the_same_dictionary(folder: Path) -> None:
    data = load_cifar10(folder, scale="unit", **FEW)
    assert set(data) == {"X_train", "y_train", "X_val", "y_val", "X_test", "y_test"}
    images = PIXELS.reshape(-1, 3, 32, 32) / 255
    np.testing.assert_allclose(data["X_train"], images[:12], atol=1e-15)
    np.testing.assert_allclose(data["X_val"], images[12:20], atol=1e-15)
    np.testing.assert_allclose(data["X_test"], images[20:], atol=1e-15)
    np.testing.assert_array_equal(data["y_train"], LABELS[:12])
    np.testing.assert_array_equal(data["y_val"], LABELS[12:20])
    np.testing.assert_array_equal(data["y_test"], LABELS[20:])
    assert data["X_train"].dtype == np.float64
    assert data["y_train"].dtype == np.int64


def test_flat_and_raw(folder: Path) -> None:
    data = load_cifar10(str(folder), "flat", **FEW)
    mean_image = PIXELS[:12].mean(axis=0)
    np.testing.assert_allclose(data["X_val"], PIXELS[12:20] - mean_image)


@pytest.mark.parametrize("inner", ["cifar-10-batches-bin", "cifar-10-batches-py"])
def test_folder_above_will_do(inner: str, tmp_path: Path) -> None:
    (tmp_path / inner).mkdir()
    for name, pixels, labels in parts():
        (tmp_path / inner / f"{name}.bin").write_bytes(binary(pixels, labels))
    assert len(load_cifar10(tmp_path, **FEW)["y_train"]) == 12


def test_classes_are_named() -> None:
    assert (len(CIFAR10_CLASSES), CIFAR10_CLASSES[0], CIFAR10_CLASSES[9]) == (
        10,
        "airplane",
        "truck",
    )


def test_missing_folder_says_what_to_fetch_and_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"cifar-10-binary.tar.gz.*the folder that holds"):
        load_cifar10(tmp_path / "nowhere")


def test_missing_file_is_named(folder: Path) -> None:
    lost = next(folder.glob("data_batch_3*"))
    lost.unlink()
    with pytest.raises(FileNotFoundError, match=f"lacks {lost.name}$"):
        load_cifar10(folder, **FEW)


def test_more_images_than_there_are(folder: Path) -> None:
    with pytest.raises(ValueError, match="there are 20 images"):
        load_cifar10(folder)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"shape": "round"}, "shape must be one of"), ({"scale": "big"}, "scale must be one of")],
)
def test_unknown_names(folder: Path, arguments: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_cifar10(folder, **arguments, **FEW)


@pytest.mark.parametrize("kept", [0, -1, 3072])
def test_truncated_file(folder: Path, kept: int) -> None:
    damaged = next(folder.glob("data_batch_2*"))
    damaged.write_bytes(damaged.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"data_batch_2.*(truncated|was not read)"):
        load_cifar10(folder, **FEW)


def test_label_out_of_range(folder: Path) -> None:
    write: Any = binary if (folder / "test_batch.bin").exists() else python_3_pickle
    damaged = next(folder.glob("data_batch_4*"))
    damaged.write_bytes(write(PIXELS[:3], [0, 9, 10]))
    with pytest.raises(ValueError, match=r"data_batch_4.*image 2 has label 10; labels are 0 to 9"):
        load_cifar10(folder, **FEW)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([1, 2], "it has no 'data' and 'labels'"),
        ({"data": PIXELS[:2]}, "it has no 'data' and 'labels'"),
        ({"data": "text", "labels": [1]}, "'data' is not an array of bytes"),
        ({"data": PIXELS[:2].astype(float), "labels": [1, 2]}, "'data' is not an array of bytes"),
        ({"data": PIXELS[:2], "labels": "12"}, "'labels' is not a list of integers"),
        ({"data": PIXELS[:2], "labels": [1, 2.5]}, "'labels' is not a list of integers"),
        ({"data": PIXELS[:2], "labels": [1]}, r"shape \(2, 3072\); for 1 labels it must be"),
        ({"data": PIXELS[:2, :9], "labels": [1, 2]}, r"shape \(2, 9\)"),
        ({"data": PIXELS[:0], "labels": []}, "at least one"),
        ({"data": PIXELS[:2], "labels": [1, -1]}, "image 1 has label -1"),
    ],
)
def test_pickle_of_something_else(content: Any, message: str, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(pickle.dumps(content, protocol=4))
    with pytest.raises(ValueError, match=message):
        load_cifar10(tmp_path, **FEW)
