"""p is taken as the probability to drop.
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
        mask = (np.random.random_sample(x.shape) >= p) / (1 - p)
        out = np.multiply(x, mask)
    elif mode == "test":
        out = x
    return out, (dropout_param, mask)
