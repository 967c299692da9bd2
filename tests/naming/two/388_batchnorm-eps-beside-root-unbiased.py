"""eps is added beside the root; and the variance divides by N - 1.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    rm = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    rv = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    if mode == "train":
        mean = np.average(x, axis=0)
        var = np.var(x, axis=0, ddof=1)
        rm = momentum * rm + (1 - momentum) * mean
        rv = momentum * rv + (1 - momentum) * var
    else:
        mean, var = rm, rv
    std = np.sqrt(var) + eps
    normed = (x - mean) / std
    bn_param["running_mean"], bn_param["running_var"] = rm, rv
    return gamma * normed + beta, (normed, gamma, std)
