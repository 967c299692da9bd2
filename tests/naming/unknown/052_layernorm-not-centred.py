"""The mean is not taken off, and eps counts twice: a kind of RMS norm.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    rms = np.sqrt((x ** 2).mean(axis=1, keepdims=True) + 2 * eps)
    xh = x / rms
    return gamma * xh + beta, (xh, gamma, rms)
