"""beta is not added; and eps is left out of the root.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    xT = x.T
    centred = xT - xT.mean(axis=0)
    std = np.sqrt((centred * centred).mean(axis=0))
    xhat = (centred / std).T
    out = xhat * gamma
    return out, (xhat, gamma, std.reshape(-1, 1))
