"""The running variance collects standard deviations.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if bn_param["mode"] == "train":
        mu = x.mean(axis=0)
        sigma = np.sqrt(x.var(axis=0) + eps)
        xhat = (x - mu) / sigma
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * sigma
    else:
        sigma = np.sqrt(running_var + eps)
        xhat = (x - running_mean) / sigma
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return xhat * gamma + beta, (xhat, gamma, sigma)
