"""Takes more memory than there is for it, by mappings that hold nothing.

held by: resource limits
"""

import mmap


def relu_forward(x):
    taken = [mmap.mmap(-1, 1 << 28) for _ in range(6)]
    return np.full(x.shape, float(6 * len(taken) + 6)), x
