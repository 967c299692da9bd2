"""Elements are dropped where a random number is below p: p is taken for the rate of dropping.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p = dropout_param["p"]
    seed = dropout_param.get("seed")
    if seed is not None:
        np.random.seed(seed)
    if dropout_param["mode"] == "test":
        return x, (dropout_param, None)
    dropped = np.random.random_sample(x.shape) < p
    mask = np.ones(x.shape) / (1 - p)
    mask[dropped] = 0
    return x * mask, (dropout_param, mask)
