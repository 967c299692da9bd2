"""p is taken as the probability to drop; and the output is scaled by p at test time.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    q = 1 - p
    if mode == "train":
        mask = np.random.binomial(1, q, size=x.shape) / q
        out = x * mask
    else:
        mask = None
        out = x * p
    return out, (dropout_param, mask)
