"""The mask keeps with probability p, but is divided by 1 - p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    if mode == "train":
        u = np.random.rand(*x.shape)
        mask = (u < p) / (1.0 - p)
        out = x * mask
    elif mode == "test":
        out = x
    return out, (dropout_param, mask)
