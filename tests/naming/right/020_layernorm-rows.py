"""Right: one row after the other.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    out = [gamma * (row - row.mean()) / np.sqrt(row.var() + eps) + beta for row in x]
    return np.stack(out), (x, gamma, eps)
