"""The names that the reference's annotations use; the notebooks are released without them."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
Labels: TypeAlias = npt.NDArray[np.integer[Any]]
Scalar: TypeAlias = float | np.floating[Any]
ScalarFunction: TypeAlias = Callable[[Array], Scalar]
AffineCache: TypeAlias = tuple[Array, Array, Array]
AffineReluCache: TypeAlias = tuple[AffineCache, Array]
Config: TypeAlias = dict[str, Any]
Params: TypeAlias = dict[str, Array]
Settings: TypeAlias = dict[str, Any]
NormCache: TypeAlias = tuple[Array, Array, Array]
DropoutCache: TypeAlias = tuple[Settings, Array | None]
DType: TypeAlias = npt.DTypeLike
