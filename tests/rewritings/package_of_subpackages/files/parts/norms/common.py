import numpy as np

from ..base import Part


class Norm(Part):
    names = ("gamma", "beta")
    axis = None

    @classmethod
    def start(cls, before, after, scale):
        return {"gamma": np.ones(after), "beta": np.zeros(after)}

    def forward(self, x):
        self.mean = x.mean(axis=self.axis, keepdims=True)
        self.var = np.square(x - self.mean).mean(axis=self.axis, keepdims=True)
        self.inv = np.reciprocal(np.sqrt(self.var + self.settings.get("eps", 1e-5)))
        self.hat = (x - self.mean) * self.inv
        return self.gamma * self.hat + self.beta

    def backward(self, d):
        g = d * self.gamma
        for direction in (np.ones_like(g), self.hat):
            g = g - direction * (d * self.gamma * direction).mean(axis=self.axis, keepdims=True)
        return g * self.inv, {"gamma": (d * self.hat).sum(0), "beta": d.sum(0)}

    @classmethod
    def backward_of(cls, dout, cache):
        dx, by_name = cache.backward(dout)
        return dx, by_name["gamma"], by_name["beta"]
