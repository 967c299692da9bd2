"""The sums over features are divided by N, not by D; and gamma is left out of dx.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    z, gamma, std = cache
    N, D = z.shape
    count = N
    dgamma = np.einsum("nd,nd->d", dout, z)
    dbeta = np.einsum("nd->d", dout)
    dz = dout
    s1 = np.einsum("nd->n", dz)[:, None]
    s2 = np.einsum("nd,nd->n", dz, z)[:, None]
    return (dz - s1 / count - z * s2 / count) / std, dgamma, dbeta
