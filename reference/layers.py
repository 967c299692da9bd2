"""Layers: each a forward pass, which keeps what backward will need, and a backward pass."""

# ruff: noqa: RET504 (an answer binds a name: the return line after it stays in the stub)

import numpy as np

from reference.types import AffineCache, AffineReluCache, Array


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineCache]:
    """Affine (fully-connected) layer, forward: every output is a weighted sum of every input.

    Takes
        x: (N, d1, …, dk), N examples, each an array of shape (d1, …, dk); it is treated as a
            row of D = d1 · … · dk numbers
        w: (D, M), weights
        b: (M,), biases

    Gives
        out: (N, M)
        cache: (x, w, b) for the backward pass, x in the shape in which it came

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), algorithm 6.3, with one
    example a row.
    """
    # solution: Reshape x so that each example is one row of length D (do not overwrite x: the
    # cache needs it as it came), then multiply by the weights and add the biases.
    rows = x.reshape(x.shape[0], -1)  # (N, d1, …, dk) → (N, D)
    out = rows @ w + b  # out = X w + 1 bᵀ
    # end of solution
    return out, (x, w, b)


def affine_backward(dout: Array, cache: AffineCache) -> tuple[Array, Array, Array]:
    """Affine layer, backward.

    Takes
        dout: (N, M), derivative of the loss by the layer's output
        cache: what affine_forward gave; its first entries are x (N, d1, …, dk) and w (D, M)

    Gives
        dx: (N, d1, …, dk), derivative of the loss by x, in x's own shape
        dw: (D, M), derivative by w
        db: (M,), derivative by b

    Source: Deep Learning (2016), algorithm 6.4; Bishop (2006), equations 5.53 and 5.55.
    """
    x, w, *_ = cache
    # solution: Compute the three derivatives. Write the shape of each factor on paper first:
    # dx and dw are each a product of two matrices, and only one order and transposition fits.
    rows = x.reshape(x.shape[0], -1)  # (N, D), as in the forward pass
    dx = (dout @ w.T).reshape(x.shape)  # ∂L/∂X = ∂L/∂out wᵀ
    dw = rows.T @ dout  # ∂L/∂w = Xᵀ ∂L/∂out
    db = dout.sum(axis=0)  # ∂L/∂b = (∂L/∂out)ᵀ 1: b was added to each of the N rows
    # end of solution
    return dx, dw, db


def relu_forward(x: Array) -> tuple[Array, Array]:
    """Rectified linear unit, forward: negative elements become 0, the others pass.

    Takes
        x: array of any shape

    Gives
        out: array of x's shape
        cache: x, for the backward pass

    Source: Nair and Hinton, Rectified linear units improve restricted Boltzmann machines
    (ICML 2010); Deep Learning (2016), section 6.3.1.
    """
    # solution: Compute the output, element by element, as a new array.
    out = np.maximum(0, x)  # out = max(0, x)
    # end of solution
    return out, x


def relu_backward(dout: Array, cache: Array) -> Array:
    """Rectified linear unit, backward.

    Takes
        dout: array of any shape, derivative of the loss by the output
        cache: x, the input that relu_forward was given; it must be left as it is

    Gives
        dx: array of the same shape, derivative of the loss by x; at x = 0, where the slope is
            not defined, we take it to be 0

    Source: Bishop (2006), equation 5.56 (the factor h′); the slope at 0: Deep Learning (2016),
    section 6.3.
    """
    x = cache
    # solution: Compute dx as a new array. Neither x nor dout needs to be written to.
    dx = np.where(x > 0, dout, 0)  # ∂L/∂x = ∂L/∂out · [x > 0]
    # end of solution
    return dx


def affine_relu_forward(x: Array, w: Array, b: Array) -> tuple[Array, AffineReluCache]:
    """Affine layer followed by a ReLU, forward.

    Takes x (N, d1, …, dk), w (D, M) and b (M,); gives out (N, M) and the caches of the two layers.
    """
    between, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(between)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout: Array, cache: AffineReluCache) -> tuple[Array, Array, Array]:
    """Affine layer followed by a ReLU, backward: the same two layers, the last one first.

    Takes dout (N, M) and what affine_relu_forward kept; gives dx (N, d1, …, dk), dw (D, M), db (M,).
    """
    affine_cache, relu_cache = cache
    dbetween = relu_backward(dout, relu_cache)
    return affine_backward(dbetween, affine_cache)
