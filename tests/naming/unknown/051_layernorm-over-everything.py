"""One mean and one variance for the whole matrix.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    std = np.sqrt(x.var() + eps)
    xh = (x - x.mean()) / std
    return gamma * xh + beta, (xh, gamma, std)
