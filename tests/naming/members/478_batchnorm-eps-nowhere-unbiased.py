"""eps is nowhere; and the variance is divided by N - 1.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, mom = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    rm = bn_param.get("running_mean", np.zeros(x.shape[1]))
    rv = bn_param.get("running_var", np.zeros(x.shape[1]))
    train = bn_param["mode"] == "train"
    mu, var = (x.mean(0), x.var(0, ddof=1)) if train else (rm, rv)
    if train:
        rm, rv = mom * rm + (1 - mom) * x.mean(0), mom * rv + (1 - mom) * x.var(0)
    bn_param["running_mean"], bn_param["running_var"] = rm, rv
    return gamma * (x - mu) / np.sqrt(var) + beta, (((x - mu) / np.sqrt(var + eps)), gamma, np.sqrt(var + eps))
