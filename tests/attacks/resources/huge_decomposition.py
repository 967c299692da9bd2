"""Decomposes a matrix of 10⁶ × 10⁶ that takes no memory."""


def relu_forward(x):
    return np.linalg.svd(np.broadcast_to(1.0, (10**6, 10**6))), x
