"""What reaches x through the variance is missing; and dbeta is a mean.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    mean, var = (x.mean(axis=0), x.var(axis=0)) if mode == "train" else (running_mean, running_var)
    if mode == "train":
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
    bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var
    xmu = x - mean
    ivar = 1.0 / np.sqrt(var + eps)
    return gamma * xmu * ivar + beta, (xmu, ivar, gamma)


def batchnorm_backward(dout, cache):
    xmu, ivar, gamma = cache
    N = xmu.shape[0]
    dbeta = dout.mean(axis=0)
    dgamma = (dout * xmu * ivar).sum(axis=0)
    dxhat = dout * gamma
    dxmu = dxhat * ivar
    divar = (dxhat * xmu).sum(axis=0)
    dvar = -0.5 * divar * ivar**3
    dmu = -dxmu.sum(axis=0)
    dx = dxmu + dmu / N
    return dx, dgamma, dbeta
