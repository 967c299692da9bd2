"""Right: parameters made from pairs of sizes, by random_sample of a normal.
question: FullyConnectedNet.init
assignment: fully_connected_nets
"""

import numpy as np


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype = reg, dtype
        widths = [input_dim] + list(hidden_dims) + [num_classes]
        self.params = {}
        for k, pair in enumerate(zip(widths, widths[1:])):
            self.params.update({
                f"W{k + 1}": np.random.standard_normal(pair).astype(dtype) * dtype(weight_scale),
                f"b{k + 1}": np.zeros(pair[1], dtype=dtype),
            })
