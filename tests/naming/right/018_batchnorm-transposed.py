"""Right: everything is computed on the transpose.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    xt, eps, keep = x.T, bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    old_mean = bn_param.get("running_mean", np.zeros(len(xt)))
    old_var = bn_param.get("running_var", np.zeros(len(xt)))
    if bn_param["mode"] == "train":
        mean = np.array([row.mean() for row in xt])
        var = np.array([(row ** 2).mean() - row.mean() ** 2 for row in xt])
        bn_param["running_mean"] = old_mean + (1 - keep) * (mean - old_mean)
        bn_param["running_var"] = old_var + (1 - keep) * (var - old_var)
    else:
        mean, var = old_mean, old_var
    scale = gamma / np.sqrt(var + eps)
    return (scale[:, None] * xt + (beta - scale * mean)[:, None]).T, None
