from ..util.shapes import flat
from .base import Flattening, Layer


class Product(Layer):
    def __init__(self, w, b):
        self.w, self.b = w, b

    def compute(self, x):
        return x @ self.w + self.b

    def backward(self, dout):
        x = flat(self.x)
        return (dout @ self.w.T).reshape(self.x.shape), x.T @ dout, dout.sum(0)


class Affine(Flattening, Product):
    pass
