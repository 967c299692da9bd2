"""No running mean or variance is kept: what was read is written back, whatever the batch.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    train = bn_param["mode"] == "train"
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    D = x.shape[1]
    run_mean = bn_param.get("running_mean", np.zeros(D))
    run_var = bn_param.get("running_var", np.zeros(D))
    if train:
        mean = np.einsum("nd->d", x) / len(x)
        var = np.einsum("nd,nd->d", x - mean, x - mean) / len(x)
        new_mean = momentum * run_mean + (1 - momentum) * mean
        new_var = momentum * run_var + (1 - momentum) * var
    else:
        mean, var = run_mean, run_var
        new_mean, new_var = run_mean, run_var
    inverse = 1.0 / np.sqrt(var + eps)
    xhat = (x - mean) * inverse
    bn_param["running_mean"] = run_mean
    bn_param["running_var"] = run_var
    return gamma * xhat + beta, (xhat, gamma, 1.0 / inverse)
