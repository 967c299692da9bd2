"""The loss is not divided by N; and dx is not either.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    def log_softmax(row):
        row = row - row.max()
        return row - np.log(np.exp(row).sum())

    logs = np.apply_along_axis(log_softmax, 1, x)
    hot = (np.arange(x.shape[1]) == y[:, None]).astype(float)
    loss = -(logs * hot).sum()
    dx = (np.exp(logs) - hot)
    return loss, dx
