from collections import namedtuple

ReluCache = namedtuple("ReluCache", "positive")


class AffineCache:
    """Everything that the backward pass needs."""

    def __init__(self, flat, shape, weights):
        self.flat = flat
        self.shape = shape
        self.weights = weights


def affine_forward(x, w, b):
    flat = x.reshape(x.shape[0], -1)
    return flat @ w + b, AffineCache(flat, x.shape, w)


def affine_backward(dout, cache):
    return (dout @ cache.weights.T).reshape(cache.shape), cache.flat.T @ dout, dout.sum(0)


def relu_forward(x):
    positive = x > 0
    return np.where(positive, x, 0.0), ReluCache(positive=positive)


def relu_backward(dout, cache):
    return dout * cache.positive
