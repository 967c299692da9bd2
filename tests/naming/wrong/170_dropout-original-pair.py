"""The original dropout: nothing is divided in training, and testing multiplies by p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if mode == "train":
        U = np.random.rand(*x.shape) < p
        out, mask = x * U, U
    else:
        out, mask = x * p, None
    return out, (dropout_param, mask)
