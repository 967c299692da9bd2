import numpy as np

from . import known_as
from .base import Part


@known_as("dropout")
class Dropout(Part):
    def forward(self, x):
        if self.mode == "test":
            self.mask = None
            return x
        rng = np.random.default_rng(self.settings.get("seed"))
        self.mask = (rng.random(x.shape) < self.settings["p"]) / self.settings["p"]
        return self.mask * x

    def backward(self, d):
        return (d if self.mask is None else self.mask * d), {}


def dropout_forward(x, dropout_param):
    return Dropout(**dropout_param).pair(x)


def dropout_backward(dout, cache):
    return cache.backward(dout)[0]
