"""eps is added outside the root.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    sd = x.std(axis=1)[:, np.newaxis] + eps
    z = (x - x.mean(axis=1)[:, np.newaxis]) / sd
    return gamma * z + beta, (z, gamma, sd)
