"""The variance divides by D - 1; and eps is added outside the root.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    out = np.zeros_like(x)
    xhat = np.zeros_like(x)
    stds = np.zeros((x.shape[0], 1))
    for i, row in enumerate(x):
        var = row.var(ddof=1)
        stds[i] = np.sqrt(var) + eps
        xhat[i] = (row - row.mean()) / stds[i]
        out[i] = gamma * xhat[i] + beta
    return out, (xhat, gamma, stds)
