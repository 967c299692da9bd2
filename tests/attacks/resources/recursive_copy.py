"""Answers something that calls itself when it is copied."""

import copy


class Deep(list):
    def __deepcopy__(self, memo):
        return copy.deepcopy(self)


def relu_forward(x):
    return Deep([-x]), x
