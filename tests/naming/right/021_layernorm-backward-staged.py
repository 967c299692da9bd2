"""Right: stage by stage, with a cache of its own.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    centred = x - x.mean(axis=1, keepdims=True)
    var = (centred ** 2).mean(axis=1, keepdims=True)
    inverse = 1 / np.sqrt(var + eps)
    return centred * inverse * gamma + beta, (centred, inverse, gamma)


def layernorm_backward(dout, cache):
    centred, inverse, gamma = cache
    D = dout.shape[1]
    dnorm = dout * gamma
    dinverse = (dnorm * centred).sum(axis=1, keepdims=True)
    dvar = -0.5 * inverse ** 3 * dinverse
    dcentred = dnorm * inverse + 2 / D * centred * dvar
    dx = dcentred - dcentred.sum(axis=1, keepdims=True) / D
    return dx, (dout * centred * inverse).sum(axis=0), dout.sum(axis=0)
