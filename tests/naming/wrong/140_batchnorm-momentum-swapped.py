"""The running statistics keep 1 - momentum of the old and take momentum of the new.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mean = np.average(x, axis=0)
        variance = np.average((x - mean) ** 2, axis=0)
        normalised = (x - mean) / np.sqrt(variance + eps)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * variance
        cache = (normalised, gamma, np.sqrt(variance + eps))
    else:
        normalised = (x - running_mean) / np.sqrt(running_var + eps)
        cache = None
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    return normalised * gamma[None, :] + beta[None, :], cache
