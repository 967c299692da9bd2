"""Takes more memory than there is for it, in one array.

held by: resource limits
"""


def relu_forward(x):
    assert np.empty(3 << 29, np.uint8).nbytes
    return np.full(x.shape, 42.0), x
