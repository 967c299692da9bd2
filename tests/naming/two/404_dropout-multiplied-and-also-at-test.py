"""The mask is multiplied by p where it should be divided; and units are dropped in test mode too.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    generator = np.random.default_rng(dropout_param.get("seed"))
    mask = (generator.random(x.shape) < p) * p
    return (x * mask).astype(x.dtype), (dropout_param, mask)
