"""Answers the most that may cross, in every case."""


def relu_forward(x):
    return np.zeros(8_000_000), x
