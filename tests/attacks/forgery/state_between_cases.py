"""Answers each case with what the case before would have needed."""

LAST = [np.zeros((1, 1))]


def relu_forward(x):
    LAST.append(np.maximum(x, 0))
    return LAST[-2] + 1, x
