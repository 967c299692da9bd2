import numpy
import numpy as N_P
from numpy import *
from numpy.random import randn as gaussian


def affine_forward(x, w, b):
    return dot(reshape(x, (shape(x)[0], -1)), w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return reshape(dot(dout, transpose(w)), shape(x)), dot(transpose(reshape(x, (len(x), -1))), dout), numpy.sum(dout, 0)


def relu_forward(x):
    return maximum(x, 0), x


def relu_backward(dout, cache):
    return where(cache > 0, dout, zeros_like(dout))


def softmax_loss(x, y):
    n = arange(len(y))
    s = x - amax(x, axis=1)[:, newaxis]
    e = exp(s)
    t = numpy.sum(e, axis=1)
    dx = e / t[:, newaxis]
    dx[n, y] -= 1
    return mean(log(t) - s[n, y]), dx / len(y)


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * gaussian(input_dim, hidden_dim), "b1": zeros(hidden_dim),
            "W2": weight_scale * N_P.random.randn(hidden_dim, num_classes), "b2": zeros(num_classes),
        }

    def loss(self, X, y=None):
        P = self.params
        a, ca = affine_relu_forward(X, P["W1"], P["b1"])
        s, cs = affine_forward(a, P["W2"], P["b2"])
        if y is None:
            return s
        L, ds = softmax_loss(s, y)
        L += 0.5 * self.reg * (numpy.sum(square(P["W1"])) + numpy.sum(square(P["W2"])))
        da, W2, b2 = affine_backward(ds, cs)
        _, W1, b1 = affine_relu_backward(da, ca)
        return L, {"W1": W1 + self.reg * P["W1"], "b1": b1, "W2": W2 + self.reg * P["W2"], "b2": b2}
