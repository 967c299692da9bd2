"""Multiplies by Gaussian noise around 1.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    mask = None
    if mode == "train":
        mask = np.random.normal(1, np.sqrt((1 - p) / p), x.shape)
    return (x if mask is None else x * mask), (dropout_param, mask)
