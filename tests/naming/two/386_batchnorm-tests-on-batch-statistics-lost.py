"""In test mode the batch's own statistics are used; and the running ones are never stored.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    D = x.shape[1]
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    mu, var = x.mean(axis=0), x.var(axis=0)
    if mode == 'train':
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
    std = np.sqrt(var + eps)
    xhat = (x - mu) / std
    return gamma * xhat + beta, (xhat, gamma, std)
