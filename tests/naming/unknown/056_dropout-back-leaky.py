"""What was dropped passes a tenth.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    _, mask = cache
    if mask is None:
        return dout
    return dout * np.where(mask > 0, mask, 0.1)
