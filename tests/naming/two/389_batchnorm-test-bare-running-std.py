"""In test mode gamma and beta are left out; and the running variance takes the standard deviation.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    D = x.shape[1]

    def blend(name, new):
        old = bn_param.get(name, np.zeros(D, dtype=x.dtype))
        bn_param[name] = momentum * old + (1 - momentum) * new

    if bn_param["mode"] == "train":
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = np.sqrt(var + eps)
        blend("running_mean", mean)
        blend("running_var", np.sqrt(var))
        xhat = (x - mean) / std
        return xhat * gamma + beta, (xhat, gamma, std)
    mean = bn_param.setdefault("running_mean", np.zeros(D, dtype=x.dtype))
    var = bn_param.setdefault("running_var", np.zeros(D, dtype=x.dtype))
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    return xhat, (xhat, gamma, std)
