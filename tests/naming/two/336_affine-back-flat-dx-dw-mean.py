"""dx is not brought back to the shape of x; and dw is a mean over the examples.
question: affine_backward
assignment: deep_nets
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, _ = cache
    inputs = x.reshape(len(x), -1)
    dw = np.zeros_like(w)
    for row, slope in zip(inputs, dout):
        dw += np.outer(row, slope)
    dw /= len(x)
    return (dout @ w.T), dw, dout.sum(0)
