"""Leaves so little memory that the answer itself fails."""

KEPT = ()


def relu_forward(x):
    global KEPT
    size = 1 << 29
    while size > 1 << 10:
        try:
            KEPT = (np.empty(size, np.uint8), KEPT)
        except MemoryError:
            size //= 2
    return -x, x
