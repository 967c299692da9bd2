"""In test mode the mask is used although there is none.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    param, mask = cache
    dx = np.multiply(mask, dout)
    return dx
