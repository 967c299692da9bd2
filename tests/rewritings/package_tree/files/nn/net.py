from collections import deque

import numpy as np

from . import losses
from .layers.base import Layer


class Parameters:
    """Mixin with what depends on the parameters alone."""

    order = ("W1", "b1", "W2", "b2")

    @classmethod
    def drawn(cls, sizes, scale):
        pairs = zip(sizes[:-1], sizes[1:])
        return {
            name: value
            for k, (a, b) in enumerate(pairs, 1)
            for name, value in ((f"W{k}", np.random.normal(0, scale, (a, b))), (f"b{k}", np.zeros(b)))
        }

    @property
    def penalty(self):
        return 0.5 * self.reg * sum(float((w**2).sum()) for k, w in self.params.items() if k.startswith("W"))

    def with_decay(self, grads):
        return {k: g + (self.reg * self.params[k] if "W" in k else 0) for k, g in grads.items()}


class TwoLayerNet(Parameters):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = self.drawn((input_dim, hidden_dim, num_classes), weight_scale)

    def loss(self, X, y=None):
        kinds, p = Layer.kinds, self.params
        layers = [kinds["affine"](p["W1"], p["b1"]), kinds["relu"](), kinds["affine"](p["W2"], p["b2"])]
        for layer in layers:
            X = layer.forward(X)
        if y is None:
            return X
        data, slope = losses.softmax_loss(X, y)
        found = deque()
        for layer in reversed(layers):
            slope = layer.backward(slope)
            if isinstance(slope, tuple):
                slope, *rest = slope
                found.extendleft(reversed(rest))
        return data + self.penalty, self.with_decay(dict(zip(self.order, found)))
