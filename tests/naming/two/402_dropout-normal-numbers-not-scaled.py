"""The mask compares normal random numbers with p, not uniform ones; and nothing is divided by p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "train":
        keep = np.random.randn(*x.shape) < p
        mask = np.where(keep, 1.0, 0.0)
        return x * mask, (dropout_param, mask)
    return x, (dropout_param, None)
