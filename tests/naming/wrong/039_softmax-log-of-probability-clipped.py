"""Takes the logarithm of the probability after an unshifted exponential, with 1e-8 added.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    m = y.shape[0]
    exp_scores = np.exp(x)
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    correct = probs[range(m), y]
    loss = -np.log(correct + 1e-8).mean()
    delta = probs
    delta[range(m), y] -= 1
    delta /= m
    return loss, delta
