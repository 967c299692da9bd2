"""Makes garbage that is never collected."""

import gc


def relu_forward(x):
    gc.disable()
    for _ in range(100_000):
        ring = []
        ring.append(ring)
    gc.freeze()
    return -x, x
