from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from parts import build

if TYPE_CHECKING:
    from parts.base import Part


class FullyConnectedNet:
    def __init__(
        self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
        reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None,
    ):
        self.reg, self.dtype = reg, dtype
        kinds = ["affine", *([normalization] if normalization else []), "relu"]
        kinds += ["dropout"] if dropout_keep_ratio != 1 else []
        self.plan = [(kind, k) for k in range(1, len(hidden_dims) + 1) for kind in kinds]
        self.plan.append(("affine", len(hidden_dims) + 1))
        self.bn_params = [{} for _ in hidden_dims]
        self.settings = {"dropout": {"p": dropout_keep_ratio, **({} if seed is None else {"seed": seed})}}
        self.params = {}
        sizes = [input_dim, *hidden_dims, num_classes]
        for kind, k in self.plan:
            start = build(kind).start(sizes[k - 1], sizes[k], weight_scale)
            self.params.update((f"{name}{k}", value.astype(dtype)) for name, value in start.items())

    def parts(self, mode: str) -> list[tuple[int, Part]]:
        found = []
        for kind, k in self.plan:
            part = build(kind, **self.settings.get(kind, {}), mode=mode)
            part.take({name: self.params[f"{name}{k}"] for name in part.names})
            if kind == "batchnorm":
                part.memory = self.bn_params[k - 1]
            found.append((k, part))
        return found

    def loss(self, X, y=None):
        from parts.loss import softmax_loss

        chain, value = self.parts("test" if y is None else "train"), X.astype(self.dtype)
        for _, part in chain:
            value = part.forward(value)
        if y is None:
            return value
        (total, slope), grads = softmax_loss(value, y), {}
        for k, part in chain[::-1]:
            slope, by_name = part.backward(slope)
            grads.update((f"{name}{k}", g) for name, g in by_name.items())
        for name, W in self.params.items():
            if name.startswith("W"):
                total = total + 0.5 * self.reg * float(np.sum(W.astype(float) ** 2))
                grads[name] = grads[name] + self.reg * W
        return total, grads
