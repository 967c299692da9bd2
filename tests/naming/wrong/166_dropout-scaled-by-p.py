"""What is kept is multiplied by p, not divided.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None
    out = x.copy()
    if mode == "train":
        mask = np.where(np.random.uniform(size=x.shape) < p, p, 0.0)
        out *= mask
    return out, (dropout_param, mask)
