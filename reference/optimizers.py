"""Update rules: from a parameter and its gradient to the next value of the parameter."""

from reference.types import Array, Config


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Plain stochastic gradient descent.

    Takes
        w: array of any shape, a parameter
        dw: array of w's shape, derivative of the loss by w
        config: settings, or None: "learning_rate" (1e-2 unless given)

    Gives
        next_w: array of w's shape, the parameter after the step
        config: the settings, to be given back at the next step

    Source: Robbins and Monro, A stochastic approximation method (1951); Deep Learning (2016),
    algorithm 8.1.
    """
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    # solution: Take one step of length config["learning_rate"] times the gradient, downhill.
    next_w = w - config["learning_rate"] * dw  # w ← w − η ∂L/∂w
    # end of solution
    return next_w, config
