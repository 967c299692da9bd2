"""Takes more memory than there is for it, piece by piece.

held by: resource limits
"""


def relu_forward(x):
    taken = [np.empty(1 << 27, np.uint8) for _ in range(12)]
    return np.full(x.shape, 30.0 + len(taken)), x
