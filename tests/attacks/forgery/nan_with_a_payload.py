"""Answers the right bits as the payload of NaN."""


def relu_forward(x):
    right = np.maximum(x, 0).view(np.uint64)
    return (right >> 13 | 0x7FF8000000000001).view(np.float64), x
