"""In test mode gamma and beta are forgotten.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, mom = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    D = x.shape[1]
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))
    cache = None
    if mode == "train":
        sample_mean, sample_var = np.mean(x, axis=0), np.var(x, axis=0)
        xhat = (x - sample_mean) / (np.sqrt(sample_var + eps))
        out = xhat * gamma + beta
        cache = (xhat, gamma, np.sqrt(sample_var + eps))
        running_mean = mom * running_mean + (1.0 - mom) * sample_mean
        running_var = mom * running_var + (1.0 - mom) * sample_var
        bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    else:
        out = (x - running_mean) / np.sqrt(running_var + eps)
    return out, cache
