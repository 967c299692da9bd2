"""Right: each feature's whole Jacobian, built and multiplied.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xhat, gamma, std = cache
    N, D = dout.shape
    dx = np.zeros((N, D))
    for d in range(D):
        J = (np.eye(N) - 1 / N - np.outer(xhat[:, d], xhat[:, d]) / N) / std[d]
        dx[:, d] = gamma[d] * J.T @ dout[:, d]
    return dx, np.diag(dout.T @ xhat).copy(), dout.T @ np.ones(N)
