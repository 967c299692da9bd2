import numpy as np


def relu_forward(x):
    return np.where(x < 0, 0, x), x


def relu_backward(dout, cache):
    return np.where(cache < 0, 0, dout)
