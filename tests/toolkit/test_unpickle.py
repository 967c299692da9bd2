"""A pickle is a program; ours may only make arrays and plain values."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.toolkit.unpickle import load_plain


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_pickle_that_runs_a_command_is_refused_and_not_run(tmp_path: Path) -> None:
    proof = tmp_path / "proof"

    class Hostile:
        def __reduce__(self) -> Any:
            return (Path.touch, (proof,))

    content = pickle.dumps({"data": Hostile(), "labels": []})
    with pytest.raises(ValueError, match=r"data_batch_1 was not read: it asks for"):
        load_plain(written(tmp_path / "data_batch_1", content))
    assert not proof.exists()
    pickle.loads(content)  # the attack itself works, or this test would show nothing
    assert proof.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"cos\nsystem\n(S'true'\ntR.", "os.system"),
        (b"c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval"),
        (b"cnumpy\nload\n(S'x'\ntR.", "numpy.load"),
        (b"cnumpy.core.multiarray\nscalar\n.", "numpy.core.multiarray.scalar"),
        # Dotted names, which protocol 4 allows, may not reach through what is allowed.
        (b"\x80\x04\x8c\x05numpy\x8c\x0endarray.tofile\x93.", "numpy.ndarray.tofile"),
    ],
)
def test_refused_global_is_named(content: bytes, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"it asks for {name}, and only arrays"):
        load_plain(written(tmp_path / "hostile", content))


@pytest.mark.parametrize("module", ["numpy.core.multiarray", "numpy._core.multiarray"])
def test_arrays_of_either_numpy_are_read(module: str, tmp_path: Path) -> None:
    array = np.arange(6, dtype=np.int16).reshape(2, 3)
    content = pickle.dumps(array, protocol=3)
    for ours in (b"numpy.core.multiarray", b"numpy._core.multiarray"):
        content = content.replace(b"c" + ours + b"\n", b"c" + module.encode() + b"\n")
    assert module.encode() in content
    np.testing.assert_array_equal(load_plain(written(tmp_path / "array", content)), array)


@pytest.mark.parametrize("content", [b"", b"\x80", b"}(U", b"not a pickle", b"\x80\x04K\x01R."])
def test_damaged_pickle(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"damaged was not read: ."):
        load_plain(written(tmp_path / "damaged", content))
