"""gamma and beta are used in neither mode: the output is x-hat.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))

    out, cache = None, None
    if mode == 'train':
        mu = x.sum(axis=0) / N
        xmu = x - mu
        var = (xmu ** 2).sum(axis=0) / N
        sqrtvar = np.sqrt(var + eps)
        xhat = xmu / sqrtvar
        out = xhat
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
        cache = (xhat, gamma, sqrtvar)
    elif mode == 'test':
        xhat = (x - running_mean) / np.sqrt(running_var + eps)
        out = xhat
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache
