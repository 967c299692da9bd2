"""Answers a few bytes that look like 10¹⁵ numbers."""


def relu_forward(x):
    return np.broadcast_to(-1.0, (10**5, 10**5, 10**5)), x
