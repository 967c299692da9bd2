"""The variance is divided by N - 1.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    rho = bn_param.get("momentum", 0.9)
    D = x.shape[1]
    bn_param.setdefault("running_mean", np.zeros(D))
    bn_param.setdefault("running_var", np.zeros(D))
    if bn_param["mode"] == "train":
        mu, s2 = x.mean(axis=0), x.var(axis=0, ddof=1)
        bn_param["running_mean"] = rho * bn_param["running_mean"] + (1 - rho) * mu
        bn_param["running_var"] = rho * bn_param["running_var"] + (1 - rho) * s2
    else:
        mu, s2 = bn_param["running_mean"], bn_param["running_var"]
    sd = np.sqrt(s2 + eps)
    z = (x - mu) / sd
    return gamma * z + beta, (z, gamma, sd)
