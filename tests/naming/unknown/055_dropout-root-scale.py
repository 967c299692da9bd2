"""What is kept is divided by the root of p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    mask = None
    if mode == "train":
        mask = (np.random.rand(*x.shape) < p) / np.sqrt(p)
    return (x if mask is None else x * mask), (dropout_param, mask)
