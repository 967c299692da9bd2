"""The scale 1/p is lost in the backward pass; and in test mode nothing passes at all.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    dx = np.zeros_like(dout)
    if mask is not None:
        kept = mask > 0
        dx[kept] = dout[kept]
    return dx
