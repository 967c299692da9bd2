"""p is taken as the probability to drop: 1 - p is kept, and divided by 1 - p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    out = x
    if mode == "train":
        keep = 1 - p
        mask = (np.random.rand(*x.shape) < keep) / keep
        out = x * mask
    return out.astype(x.dtype, copy=False), (dropout_param, mask)
