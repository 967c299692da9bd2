"""Answers 300 MB, which cost it nothing."""


def relu_forward(x):
    return np.zeros(37_500_000), x
