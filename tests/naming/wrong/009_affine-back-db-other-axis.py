"""db is summed over the outputs, not over the examples.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    (inp, weight, bias) = cache
    inp_row = inp.reshape(inp.shape[0], -1)
    grad_bias = dout.sum(1)
    grad_weight = np.dot(inp_row.T, dout)
    grad_inp = np.dot(dout, weight.T).reshape(inp.shape)
    return grad_inp, grad_weight, grad_bias
