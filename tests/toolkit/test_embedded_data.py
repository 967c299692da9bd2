"""The data sets that come with the package: what is in them, and what the loaders make of it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.toolkit import FASHION_CLASSES, load_digits, load_fashion
from grader.toolkit.splits import embedded

SCRIPTS = Path(__file__).parents[2] / "scripts"
DEBIAN = Path("/usr/share/datasets/fashion-mnist")
KEYS = {"X_train", "y_train", "X_val", "y_val", "X_test", "y_test"}
LOADERS = pytest.mark.parametrize("load", [load_digits, load_fashion])


def made_again(script: str, out: Path) -> dict[str, Any]:
    subprocess.run([sys.executable, SCRIPTS / script, "--out", out], check=True, capture_output=True)
    with np.load(out, allow_pickle=False) as stored:
        return dict(stored)


def assert_stored_as(name: str, made: dict[str, Any]) -> None:
    stored = embedded(name)
    assert set(made) == {"X_train", "y_train", "X_test", "y_test"}
    np.testing.assert_array_equal(stored.images, made["X_train"], strict=True)
    np.testing.assert_array_equal(stored.labels, made["y_train"], strict=True)
    np.testing.assert_array_equal(stored.held_out_images, made["X_test"], strict=True)
    np.testing.assert_array_equal(stored.held_out_labels, made["y_test"], strict=True)


def test_digits_come_out_of_their_script_again(tmp_path: Path) -> None:
    assert_stored_as("digits", made_again("make_digits.py", tmp_path / "digits.npz"))


@pytest.mark.skipif(not DEBIAN.is_dir(), reason=f"needs dataset-fashion-mnist, {DEBIAN}")
def test_fashion_comes_out_of_its_script_again(tmp_path: Path) -> None:
    assert_stored_as("fashion", made_again("make_fashion.py", tmp_path / "fashion.npz"))


@pytest.mark.parametrize(
    ("name", "images", "held_out", "white"), [("digits", 1497, 300, 16), ("fashion", 5000, 1000, 255)]
)
def test_stored_data_are_complete_and_use_the_whole_range(
    name: str, images: int, held_out: int, white: int
) -> None:
    stored = embedded(name, white)
    assert (len(stored.images), len(stored.held_out_images)) == (images, held_out)
    assert stored.images.min() == 0
    assert stored.images.max() == white
    everything = np.concatenate([stored.images, stored.held_out_images]).reshape(images + held_out, -1)
    assert len(np.unique(everything, axis=0)) >= 0.999 * len(everything)  # nothing in both parts


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_each_data_set_has_its_notice(name: str) -> None:
    notice = Path(embedded.__code__.co_filename).parent / "data" / f"NOTICE-{name}.md"
    assert {"digits": "CC BY 4.0", "fashion": "The MIT License"}[name] in notice.read_text("utf-8")


@LOADERS
def test_loaders_give_what_the_solver_takes(load: Any) -> None:
    data = load()
    assert set(data) == KEYS
    for part in ("train", "val", "test"):
        X, y = data[f"X_{part}"], data[f"y_{part}"]
        assert X.dtype == np.float64
        assert y.dtype == np.int64
        assert len(X) == len(y)
    assert load is load_digits or len(data["y_train"]) == 4000


@LOADERS
def test_every_ten_images_show_the_ten_classes(load: Any) -> None:
    data = load(num_train=1000)
    for part in ("train", "test"):
        rounds = data[f"y_{part}"].reshape(-1, 10)
        np.testing.assert_array_equal(np.sort(rounds, axis=1), np.tile(range(10), (len(rounds), 1)))
        assert len(np.unique(rounds[:, 0])) > 1  # in another order each time
    assert len(FASHION_CLASSES) == 10


def test_fashion_is_balanced_throughout() -> None:
    data = load_fashion()
    for part, each in (("train", 400), ("val", 100), ("test", 100)):
        np.testing.assert_array_equal(np.bincount(data[f"y_{part}"]), np.full(10, each))


@pytest.mark.parametrize(
    ("load", "shape", "expected"),
    [
        (load_digits, "flat", (64,)),
        (load_digits, "image", (8, 8)),
        (load_fashion, "flat", (784,)),
        (load_fashion, "image", (28, 28)),
        (load_fashion, "cifar10", (3, 32, 32)),
    ],
)
def test_shapes(load: Any, shape: str, expected: tuple[int, ...]) -> None:
    data = load(shape, num_train=20, num_val=10, num_test=5)
    assert data["X_train"].shape == (20, *expected)
    assert data["X_val"].shape == (10, *expected)
    assert data["X_test"].shape == (5, *expected)


def test_flat_and_padded_images_are_the_same_images() -> None:
    few: Any = {"num_train": 20, "num_val": 10, "num_test": 5, "scale": "unit"}
    plain = load_fashion("image", **few)["X_val"]
    np.testing.assert_array_equal(load_fashion("flat", **few)["X_val"].reshape(-1, 28, 28), plain)
    padded = load_fashion("cifar10", **few)["X_val"]
    for channel in range(3):
        np.testing.assert_array_equal(padded[:, channel, 2:-2, 2:-2], plain)
    assert padded.sum() == pytest.approx(3 * plain.sum())  # the border is black
    digits = load_digits("image", num_train=20, scale="unit")["X_val"]
    np.testing.assert_array_equal(
        load_digits("flat", num_train=20, scale="unit")["X_val"], digits.reshape(-1, 64)
    )


@pytest.mark.parametrize(("load", "white"), [(load_digits, 16), (load_fashion, 255)])
def test_scales(load: Any, white: int) -> None:
    raw, unit, centred = (
        load(num_train=100, num_val=50, num_test=50, scale=scale) for scale in ("raw", "unit", "centred")
    )
    assert unit["X_train"].min() == 0
    assert unit["X_train"].max() == 1
    mean_image = unit["X_train"].mean(axis=0)
    for part in ("X_train", "X_val", "X_test"):
        np.testing.assert_allclose(centred[part], unit[part] - mean_image, atol=1e-12)
        np.testing.assert_allclose(raw[part], white * centred[part], atol=1e-9)
    np.testing.assert_allclose(centred["X_train"].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_array_equal(load(num_train=100, num_val=50, num_test=50)["X_test"], centred["X_test"])


@LOADERS
def test_more_training_images_change_neither_the_first_nor_the_validation_set(load: Any) -> None:
    few, many = (load(num_train=number, scale="unit") for number in (50, 1000))
    np.testing.assert_array_equal(many["X_train"][:50], few["X_train"])
    np.testing.assert_array_equal(many["X_val"], few["X_val"])


@LOADERS
def test_each_call_gives_arrays_of_its_own(load: Any) -> None:
    load()["X_train"][:] = 7
    assert load()["X_train"].max() <= 1


@LOADERS
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"shape": "round"}, "shape must be one of 'flat', 'image'.*, not 'round'"),
        ({"scale": "big"}, "scale must be one of 'centred', 'raw', 'unit', not 'big'"),
        ({"num_train": 0}, "num_train must be at least 1, not 0"),
        ({"num_val": -1}, "num_val must be at least 1, not -1"),
        ({"num_test": 0}, "num_test must be at least 1, not 0"),
        ({"num_train": 4800, "num_val": 300}, r"4800 \+ 300 = 5100, and there are \d+ images"),
        ({"num_test": 1001}, r"num_test is 1001, and there are \d+ test images"),
    ],
)
def test_wrong_arguments_are_refused_in_words(load: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(**arguments)
