"""A new mask is drawn in the backward pass.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if mask is None:
        return dout
    p = dropout_param["p"]
    again = (np.random.rand(*dout.shape) < p) / p
    return dout * again
