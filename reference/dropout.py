"""Dropout: hidden units are left out at random while training, so that none can rely on another."""

# ruff: noqa: RET504 (an answer binds a name: the return line after it stays in the stub)

import numpy as np

from reference.types import Array, DropoutCache, Settings


def dropout_forward(x: Array, dropout_param: Settings) -> tuple[Array, DropoutCache]:
    """Inverted dropout, forward: each element is kept with probability p and then divided by p.

    Takes
        x: array of any shape
        dropout_param: dict
            "p": probability to keep an element (not to drop it), 0 < p ≤ 1
            "mode": "train" (drop) or "test" (leave x as it is)
            "seed": seeds np.random before the mask is drawn, if it is there: for gradient checks

    Gives
        out: array of x's shape
        cache: for the backward pass

    Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout (JMLR 2014),
    section 10, where the weights are scaled at test time; here the outputs are, while training.
    """
    p, mode = dropout_param["p"], dropout_param["mode"]
    if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])
    mask = None

    if mode == "train":
        # solution: Draw a mask of x's shape: 1/p where an element is kept, 0 where it is dropped,
        # each element for itself. The mean of the output is then that of x.
        mask = (np.random.rand(*x.shape) < p) / p  # E[mask] = p · 1/p = 1
        out = x * mask
        # end of solution
    elif mode == "test":
        # solution: At test time nothing is dropped, and nothing is scaled.
        out = x
        # end of solution
    else:
        raise ValueError(f'dropout_param["mode"] must be "train" or "test", not {mode!r}')

    return out.astype(x.dtype, copy=False), (dropout_param, mask)


def dropout_backward(dout: Array, cache: DropoutCache) -> Array:
    """Inverted dropout, backward.

    Takes
        dout: array of any shape, derivative of the loss by the output
        cache: (dropout_param, mask), what dropout_forward kept

    Gives
        dx: array of the same shape, derivative of the loss by x

    Source: the forward pass is a product with a constant mask.
    """
    _, mask = cache
    # solution: Compute dx in training mode, and in test mode, where the mask is None.
    dx = dout if mask is None else dout * mask  # ∂L/∂x = ∂L/∂out · mask
    # end of solution
    return dx
