"""A ReLU is applied in the affine layer already; and x is flattened in Fortran's order.
question: affine_forward
assignment: deep_nets
"""

import numpy as np


def affine_forward(x, w, b):
    rows = []
    for example in x:
        row = example.ravel(order="F")
        rows.append(np.maximum(0, row.dot(w) + b))
    return np.array(rows), (x, w, b)
