"""The root of the variance is not taken.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    xt = x.T
    mean = xt.mean(axis=0)
    var = xt.var(axis=0)
    normed = ((xt - mean) / (var + eps)).T
    return normed * gamma + beta, (normed, gamma, (var + eps)[:, None])
