"""One mask is drawn for all examples of the batch.
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
        units = x.shape[1]
        mask = (np.random.rand(units) < p) / p
        out = x * mask
    else:
        out = x
    return out, (dropout_param, mask)
