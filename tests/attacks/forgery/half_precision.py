"""Answers in half precision, of which three digits are right."""


def relu_forward(x):
    return np.maximum(x * (1 + 1e-4), 0).astype(np.float16), x
