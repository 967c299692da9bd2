"""Answers a generator instead of a tuple."""


def relu_forward(x):
    yield np.maximum(x, 0)
    yield x
