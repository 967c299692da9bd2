"""Lets C follow a list in a list, 100,000 deep, where Python's own stack is not used."""

import pickle


def relu_forward(x):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return pickle.dumps(nested), x
