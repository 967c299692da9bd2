"""Reading a pickle that may not do anything: arrays, dictionaries, lists, text and numbers only.

A pickle is a program: it may import any function and call it while it is being read. Python's
`Unpickler.find_class` is the one gate through which such names pass, so a table of the three
names that an array needs, and a refusal of every other, is all that is left of the power.
"""

import pickle
from pathlib import Path
from typing import Any

import numpy as np

# How numpy's own pickles say "make an empty array, then fill it": `ndarray.__reduce__` gives the
# function without its needing an import from a module whose name numpy calls private.
_RECONSTRUCT = np.empty(0).__reduce__()[0]

ALLOWED = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,  # numpy 1, and every CIFAR-10
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,  # numpy 2
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}


class _PlainUnpickler(pickle.Unpickler):
    """An unpickler that knows the names in `ALLOWED` and refuses the rest."""

    def find_class(self, module: str, name: str) -> Any:
        """Give what `module.name` stands for; nothing is imported to find it."""
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(
                f"it asks for {module}.{name}, and only arrays, dictionaries, lists, text and "
                "numbers may be in it; the file was refused"
            )
        return ALLOWED[module, name]


def load_plain(path: Path) -> Any:
    """Read the pickle at `path`, written by Python 2 or 3, if it holds plain data and arrays.

    Text of Python 2 is read as latin-1, which is how its arrays' bytes come through unchanged.
    Raises ValueError that names the refused global, or says that the file is damaged.
    """
    with path.open("rb") as file:
        try:
            return _PlainUnpickler(file, encoding="latin1").load()
        except Exception as error:  # a damaged pickle can raise nearly anything
            raise ValueError(f"{path} was not read: {error}") from error
