"""What is kept is not divided by p; and one mask serves the whole batch.
question: dropout_forward
assignment: deep_nets
"""

import numpy as np


def dropout_forward(x, dropout_param):
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    mask = None
    out = None
    if mode == 'train':
        mask = (np.random.rand(*x.shape[1:]) < p)
        out = x * mask
    elif mode == 'test':
        out = x
    return out.astype(x.dtype, copy=False), (dropout_param, mask)
