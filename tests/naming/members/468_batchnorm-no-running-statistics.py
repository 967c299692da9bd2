"""There are no running statistics: the batch's own serve in both modes.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    assert bn_param["mode"] in ("train", "test")
    std = np.sqrt(np.var(x, axis=0) + bn_param.get("eps", 1e-5))
    centred = (x - np.mean(x, axis=0)) / std
    return gamma * centred + beta, (centred, gamma, std)
