"""In test mode the batch's own statistics are used, not the running ones.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    rm = bn_param.get("running_mean", np.zeros(D))
    rv = bn_param.get("running_var", np.zeros(D))
    mu = np.mean(x, axis=0)
    xc = x - mu
    var = np.mean(xc ** 2, axis=0)
    xn = xc / np.sqrt(var + eps)
    out = gamma * xn + beta
    if mode == "train":
        rm = momentum * rm + (1 - momentum) * mu
        rv = momentum * rv + (1 - momentum) * var
    bn_param["running_mean"] = rm
    bn_param["running_var"] = rv
    return out, (xn, gamma, np.sqrt(var + eps))
