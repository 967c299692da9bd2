"""eps is added to the standard deviation, outside the root.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    keep = bn_param.get("momentum", 0.9)
    zero = np.zeros(x.shape[1], dtype=x.dtype)
    run_m, run_v = bn_param.get("running_mean", zero), bn_param.get("running_var", zero)

    def normalise(m, v):
        return (x - m) / (np.sqrt(v) + eps)

    if bn_param["mode"] == "train":
        m, v = x.mean(axis=0), x.var(axis=0)
        xh = normalise(m, v)
        bn_param["running_mean"] = keep * run_m + (1 - keep) * m
        bn_param["running_var"] = keep * run_v + (1 - keep) * v
        return xh * gamma + beta, (xh, gamma, np.sqrt(v) + eps)
    xh = normalise(run_m, run_v)
    return xh * gamma + beta, (xh, gamma, np.sqrt(run_v) + eps)
