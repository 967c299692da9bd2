"""gamma and beta are forgotten.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mu = x.mean(axis=1, keepdims=True)
    sigma = np.sqrt(((x - mu) ** 2).mean(axis=1, keepdims=True) + eps)
    out = (x - mu) / sigma
    return out, (out, gamma, sigma)
