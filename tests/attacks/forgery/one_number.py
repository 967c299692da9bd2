"""Answers an array without dimensions."""


def relu_forward(x):
    return np.array(0.0), x
