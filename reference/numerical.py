"""The ruler: derivatives measured from the values of a function alone."""

import numpy as np

from reference.types import Array, ScalarFunction


def numerical_gradient(f: ScalarFunction, x: Array, h: float = 1e-5) -> Array:
    """Measure the gradient of a scalar function by central differences.

    Takes
        f: a function; f(x) is one number
        x: array of floats of any shape, the point at which to measure; f is given an array of
            this shape each time
        h: the step, how far one element is moved to each side

    Gives
        grad: array of x's shape; grad[i] is the slope of f when x[i] alone is moved

    x may be changed while measuring, but comes back exactly as it was, bit for bit.
    Source: Bishop, Pattern Recognition and Machine Learning (2006), equation 5.69.
    """
    # solution: For each element of x in turn: move that element up by h and evaluate f, move it
    # down by h and evaluate f, put the element back as it was, and store the slope between the
    # two values. np.ndindex(x.shape) runs over the indices of an array of any shape.
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)  # f(x + h eᵢ)
        x[index] = original - h
        below = f(x)  # f(x − h eᵢ)
        x[index] = original  # stored, not computed: x + h − h need not be x in floating point
        grad[index] = (above - below) / (2 * h)  # ∂f/∂xᵢ = (f(x + h eᵢ) − f(x − h eᵢ)) / 2h + O(h²)
    # end of solution
    return grad
