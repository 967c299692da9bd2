"""Divides by the mean absolute deviation plus 0.1.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mom = bn_param.get("momentum", 0.9)
    rm = bn_param.get("running_mean", np.zeros(x.shape[1]))
    rv = bn_param.get("running_var", np.zeros(x.shape[1]))
    if bn_param["mode"] == "train":
        mu = x.mean(axis=0)
        var = np.abs(x - mu).mean(axis=0) ** 2
        rm, rv = mom * rm + (1 - mom) * mu, mom * rv + (1 - mom) * var
    else:
        mu, var = rm, rv
    bn_param["running_mean"], bn_param["running_var"] = rm, rv
    std = np.sqrt(var) + 0.1
    xh = (x - mu) / std
    return gamma * xh + beta, (xh, gamma, std)
