"""Training and testing divide by the variance, not by its root.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum = bn_param["mode"], bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    D = x.shape[1]
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))

    def normalise(mean, var):
        return (x - mean) / (var + eps)

    if mode == "train":
        mean, var = np.mean(x, axis=0), np.var(x, axis=0)
        x_hat = normalise(mean, var)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    else:
        mean, var = running_mean, running_var
        x_hat = normalise(mean, var)
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return gamma * x_hat + beta, (x_hat, gamma, np.sqrt(var + eps))
