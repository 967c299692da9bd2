"""The loss has the wrong sign; and so has dx.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    shifted = x - np.max(x, axis=1, keepdims=True)
    logits_sum = np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    log_likelihood = shifted - logits_sum
    picked = np.take_along_axis(log_likelihood, y[:, None], axis=1)
    loss = picked.mean()
    p = np.exp(log_likelihood)
    target = np.zeros_like(p)
    target[np.arange(p.shape[0]), y] = 1
    dx = (target - p) / p.shape[0]
    return loss, dx
