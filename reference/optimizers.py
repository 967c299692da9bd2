"""Update rules: from a parameter and its gradient to the next value of the parameter."""

import numpy as np

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


def sgd_momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Stochastic gradient descent with momentum: a ball that rolls, and keeps part of its speed.

    Takes
        w: array of any shape, a parameter
        dw: array of w's shape, derivative of the loss by w
        config: settings and state, or None: "learning_rate" (1e-2 unless given), "momentum" μ
            (0.9), "velocity" v (array of w's shape, zeros at the start)

    Gives
        next_w: array of w's shape, the parameter after the step
        config: the settings, with the new "velocity"

    Source: Polyak, Some methods of speeding up the convergence of iteration methods (1964); Deep
    Learning (2016), algorithm 8.2.
    """
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    # solution: Compute the new velocity v from the old one and the gradient, and let w move by it.
    # The learning rate is in the velocity, and so is the sign: v points downhill.
    v = config["momentum"] * v - config["learning_rate"] * dw  # v ← μ v − η ∂L/∂w
    next_w = w + v  # w ← w + v
    # end of solution
    config["velocity"] = v
    return next_w, config


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """RMSProp: every element's step is divided by how large its gradients have lately been.

    Takes
        w: array of any shape, a parameter
        dw: array of w's shape, derivative of the loss by w
        config: settings and state, or None: "learning_rate" (1e-2 unless given), "decay_rate" ρ
            (0.99), "epsilon" ε (1e-8), "cache" r (array of w's shape, zeros at the start)

    Gives
        next_w: array of w's shape, the parameter after the step
        config: the settings, with the new "cache": the running mean of the squared gradients

    Source: Tieleman and Hinton, Lecture 6.5 of Neural networks for machine learning (2012); Deep
    Learning (2016), algorithm 8.5.
    """
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    # solution: Update config["cache"], the running mean of the squared gradient, element by
    # element; then take the step, divided by the root of what the cache is now.
    rho = config["decay_rate"]
    config["cache"] = rho * config["cache"] + (1 - rho) * dw**2  # r ← ρ r + (1 − ρ) g²
    step = config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])
    next_w = w - step  # w ← w − η g / (√r + ε)
    # end of solution
    return next_w, config


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """Adam: momentum and RMSProp together, both corrected for having started at zero.

    Takes
        w: array of any shape, a parameter
        dw: array of w's shape, derivative of the loss by w
        config: settings and state, or None: "learning_rate" (1e-3 unless given), "beta1" β₁ (0.9),
            "beta2" β₂ (0.999), "epsilon" ε (1e-8), "m" and "v" (arrays of w's shape, zeros at the
            start), "t" (number of steps taken so far, 0 at the start)

    Gives
        next_w: array of w's shape, the parameter after the step
        config: the settings, with the new "m" and "v" (as they are, not corrected) and "t"

    Source: Kingma and Ba, Adam: a method for stochastic optimization (ICLR 2015), algorithm 1; Deep
    Learning (2016), algorithm 8.7.
    """
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    # solution: Count the step first: config["t"] is 1 in the first one. Update config["m"], the
    # running mean of the gradient, and config["v"], that of its square. Correct copies of both for
    # the start from zero, and take the step with these.
    beta1, beta2 = config["beta1"], config["beta2"]
    config["t"] += 1
    config["m"] = beta1 * config["m"] + (1 - beta1) * dw  # m ← β₁ m + (1 − β₁) g
    config["v"] = beta2 * config["v"] + (1 - beta2) * dw**2  # v ← β₂ v + (1 − β₂) g²
    m_hat = config["m"] / (1 - beta1 ** config["t"])  # m̂ = m / (1 − β₁ᵗ)
    v_hat = config["v"] / (1 - beta2 ** config["t"])  # v̂ = v / (1 − β₂ᵗ)
    step = config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])
    next_w = w - step  # w ← w − η m̂ / (√v̂ + ε)
    # end of solution
    return next_w, config
