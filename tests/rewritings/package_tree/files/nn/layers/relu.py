import numpy as np

from .base import Layer


class ReLU(Layer):
    def compute(self, x):
        return np.where(x > 0, x, np.zeros_like(x))

    def backward(self, dout):
        return np.where(self.x > 0, dout, np.zeros_like(dout))
