"""What was kept passes, but is not divided by p.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    if dropout_param["mode"] == "test":
        return dout
    kept = mask != 0
    return np.where(kept, dout, 0.0)
