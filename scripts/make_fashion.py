"""Make grader/toolkit/data/fashion.npz from the full Fashion-MNIST: 5,000 + 1,000 images.

    python scripts/make_fashion.py [--source FOLDER] [--out FILE]

The source is the four idx files of Debian's package `dataset-fashion-mnist` (or of the authors'
repository, https://github.com/zalandoresearch/fashion-mnist; they are the same files). The same
source gives the same arrays on every machine and with every numpy: see `balanced.py`.
"""

import argparse
import gzip
from pathlib import Path

import numpy as np
from balanced import balanced_order, save
from numpy.typing import NDArray

SOURCE = Path("/usr/share/datasets/fashion-mnist")
TARGET = Path(__file__).parents[1] / "grader" / "toolkit" / "data" / "fashion.npz"
PER_CLASS = {"train": 500, "t10k": 100}
SEED = 2017


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Read the array in one gzipped idx file of bytes.

    The format (http://yann.lecun.com/exdb/mnist, "the IDX file format"): two zero bytes, 8 for
    unsigned bytes, the number of dimensions, each dimension as a big-endian int32, the data.
    Raises ValueError where the file is something else.
    """
    content = gzip.decompress(path.read_bytes())
    if content[:3] != b"\x00\x00\x08":
        raise ValueError(f"{path} is not an idx file of unsigned bytes")
    dimensions = content[3]
    shape = np.frombuffer(content, dtype=">i4", count=dimensions, offset=4)
    return np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def main() -> None:
    """Read, choose, write, and say how large the file became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the four idx files")
    parser.add_argument("--out", type=Path, default=TARGET, help="the npz file to write")
    arguments = parser.parse_args()

    # RandomState, not default_rng: numpy promises never to change the numbers of the former.
    random = np.random.RandomState(SEED)
    arrays = {}
    for part, name in (("train", "train"), ("t10k", "test")):
        images = read_idx(arguments.source / f"{part}-images-idx3-ubyte.gz")
        labels = read_idx(arguments.source / f"{part}-labels-idx1-ubyte.gz")
        order = balanced_order(labels, random, per_class=PER_CLASS[part])
        arrays[f"X_{name}"], arrays[f"y_{name}"] = images[order], labels[order]
    save(arguments.out, arrays)


if __name__ == "__main__":
    main()
