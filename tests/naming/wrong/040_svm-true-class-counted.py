"""The true class's margin of 1 is counted in the loss; the gradient is right.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    correct = x[np.arange(N), y].reshape(N, 1)
    hinge = np.maximum(0, x - correct + 1)
    loss = np.sum(hinge) / N
    mask = np.zeros(x.shape)
    mask[hinge > 0] = 1
    mask[np.arange(N), y] -= mask.sum(axis=1)
    return loss, mask / N
