"""The mask compares normally distributed numbers with p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if mode == "train":
        keep = np.random.randn(*x.shape) < p
        mask = keep / p
        return x * mask, (dropout_param, mask)
    return x, (dropout_param, None)
