"""In test mode dout is multiplied by p.
question: dropout_backward
assignment: deep_nets
"""

import numpy as np


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    mode, p = dropout_param["mode"], dropout_param["p"]
    if mode == "train":
        return mask * dout
    return dout * p
