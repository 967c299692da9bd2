"""The way through the mean sums where it should average; and dgamma is made with x, not with x-hat.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    bn_param.setdefault("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    bn_param.setdefault("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    if bn_param["mode"] == "test":
        return gamma * (x - bn_param["running_mean"]) / np.sqrt(bn_param["running_var"] + eps) + beta, None
    mu, var = x.mean(axis=0), x.var(axis=0)
    bn_param["running_mean"] = momentum * bn_param["running_mean"] + (1 - momentum) * mu
    bn_param["running_var"] = momentum * bn_param["running_var"] + (1 - momentum) * var
    return gamma * (x - mu) / np.sqrt(var + eps) + beta, {"x": x, "mu": mu, "var": var, "eps": eps, "gamma": gamma}


def batchnorm_backward(dout, cache):
    x, mu, var, eps, gamma = (cache[k] for k in ("x", "mu", "var", "eps", "gamma"))
    sigma = np.sqrt(var + eps)
    z = (x - mu) / sigma
    dgamma = (dout * x).sum(axis=0)
    dbeta = dout.sum(axis=0)
    dz = dout * gamma
    dx = (dz - dz.sum(axis=0) - z * (dz * z).mean(axis=0)) / sigma
    return dx, dgamma, dbeta
