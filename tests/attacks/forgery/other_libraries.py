"""Lets another library compute the answer, whichever there is."""


def relu_forward(x):
    import autograd.numpy
    import jax
    import scipy.special
    import sklearn.utils.extmath
    import torch

    out = torch.relu(torch.tensor(x))
    return out, jax, scipy.special, sklearn.utils.extmath, autograd.numpy
