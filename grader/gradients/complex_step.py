"""A second witness for smooth functions: Im φ(x + ihu)/h is the derivative along u, without subtraction.

No digits cancel, so that h may be 1e-20 and the answer is exact to rounding (Squire & Trapp, SIAM Review
40(1), 1998). It needs a forward pass that is analytic and lets complex numbers through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.gradients.lines import direction, norm, scales
from grader.gradients.local import Backward, Forward
from grader.gradients.values import NoValueError

STEP = 1e-20


def complex_step(
    forward: Forward, backward: Backward, inputs: Mapping[str, Any], dout: Any = None, *, seed: int = 0
) -> dict[str, float]:
    """Relative disagreement of each gradient along one random line: about 1e-15 where it is right.

    Relative to ‖g∘u‖. Not for kinks: abs, max and comparisons are not analytic. Raises NoValueError where
    forward does not let complex numbers through.
    """
    rng = np.random.default_rng([seed, 0x636F6D])
    start = {name: np.array(array, dtype=np.float64) for name, array in inputs.items()}
    weight = np.array(1.0 if dout is None else dout, dtype=np.float64)
    given = {name: array.copy() for name, array in start.items()}
    gradients = {k: np.asarray(v, dtype=np.float64) for k, v in backward(given, weight.copy()[()]).items()}
    sizes = scales(start, gradients)
    derivatives: dict[str, float] = {}
    for name, g in gradients.items():
        u = direction(rng, start[name].shape, sizes[name])
        point: dict[str, Any] = {k: v.astype(np.complex128) for k, v in start.items()}
        point[name] += 1j * STEP * u
        out = np.asarray(forward(point))
        if out.dtype.kind != "c" or out.shape != weight.shape:
            raise NoValueError("the forward pass does not let complex numbers through")
        derivative = float(np.sum(out.imag * weight)) / STEP
        size = norm(g * u)
        error = abs(derivative - float(np.sum(g * u)))
        derivatives[name] = error / size if size > 0 else error
    return derivatives
