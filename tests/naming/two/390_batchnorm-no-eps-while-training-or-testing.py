"""No eps is added in training; and none in testing.
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
    if mode == 'train':
        sample_mean = x.mean(axis=0)
        sample_var = x.var(axis=0)
        denom = np.sqrt(sample_var)
        xn = (x - sample_mean) / denom
        running_mean = momentum * running_mean + (1 - momentum) * sample_mean
        running_var = momentum * running_var + (1 - momentum) * sample_var
    else:
        denom = np.sqrt(running_var)
        xn = (x - running_mean) / denom
    out = gamma * xn + beta
    bn_param['running_mean'], bn_param['running_var'] = running_mean, running_var
    return out, (xn, gamma, denom)
