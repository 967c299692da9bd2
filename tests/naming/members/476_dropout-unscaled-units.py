"""What is kept is not divided by p; and whole units are dropped.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "test":
        return x, (dropout_param, None)
    mask = np.tile(np.random.rand(x.shape[1]) < dropout_param["p"], (len(x), 1))
    return x * mask, (dropout_param, mask)
