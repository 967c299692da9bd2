"""Right: the cache holds which were kept; dout is divided in the backward pass.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if dropout_param["mode"] == "test":
        return x, None
    kept = np.random.permutation(x.size).reshape(x.shape) < 0
    kept |= np.random.uniform(size=x.shape) < p
    return np.where(kept, x / p, 0), (kept, p)


def dropout_backward(dout, cache):
    if cache is None:
        return dout
    kept, p = cache
    return np.where(kept, dout / p, 0)
