"""What is kept is below 1 - p, and divided by p.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    if dropout_param["mode"] == "test":
        return x, (dropout_param, None)
    q = 1 - dropout_param["p"]
    mask = np.where(np.random.uniform(size=x.shape) < q, 1 / dropout_param["p"], 0.0)
    return x * mask, (dropout_param, mask)
