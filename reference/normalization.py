"""Normalisation layers: hidden units brought to mean 0 and variance 1, then scaled and shifted."""

import numpy as np

from reference.types import Array, NormCache, Settings


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: Settings) -> tuple[Array, NormCache]:
    """Batch normalisation, forward: each feature is normalised over the examples of the batch.

    Takes
        x: (N, D), N examples of D features
        gamma: (D,), scale of each feature
        beta: (D,), shift of each feature
        bn_param: dict
            "mode": "train" (statistics of this batch) or "test" (the running ones); required
            "eps": added to the variance (1e-5 unless given)
            "momentum": share of the running statistics that stays in each step (0.9)
            "running_mean", "running_var": (D,), zeros at the start; in training mode they are
                updated and stored here, in test mode they are used and left as they are

    Gives
        out: (N, D)
        cache: for the backward pass (of training mode)

    The variance is the biased one: the mean of the squared deviations, divided by N.
    Source: Ioffe and Szegedy, Batch normalization (ICML 2015), algorithm 1.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], dtype=x.dtype))

    if mode == "train":
        # solution: Compute mean and variance of each feature over the batch; normalise x with
        # them, scale and shift. Update running_mean and running_var with the momentum. Keep in
        # the cache what the backward pass will need.
        mean = x.mean(axis=0)  # μ = (1/N) Σᵢ xᵢ
        var = x.var(axis=0)  # σ² = (1/N) Σᵢ (xᵢ − μ)²
        std = np.sqrt(var + eps)
        x_hat = (x - mean) / std  # x̂ = (x − μ) / √(σ² + ε)
        out = gamma * x_hat + beta  # y = γ x̂ + β
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * var
        cache = (x_hat, gamma, std)
        # end of solution
    elif mode == "test":
        # solution: Normalise x with the running statistics, scale and shift. The cache is not used.
        std = np.sqrt(running_var + eps)
        x_hat = (x - running_mean) / std
        out = gamma * x_hat + beta
        cache = (x_hat, gamma, std)
        # end of solution
    else:
        raise ValueError(f'bn_param["mode"] must be "train" or "test", not {mode!r}')

    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def batchnorm_backward(dout: Array, cache: NormCache) -> tuple[Array, Array, Array]:
    """Batch normalisation, backward (of training mode).

    Takes
        dout: (N, D), derivative of the loss by the layer's output
        cache: what batchnorm_forward kept

    Gives
        dx: (N, D), derivative by x; mean and variance depend on x too
        dgamma: (D,), derivative by gamma
        dbeta: (D,), derivative by beta

    Source: Ioffe and Szegedy (2015), section 3; solved for dx in one line.
    """
    # solution: Go through the forward pass from its end to its beginning. Each x reaches the output
    # by three ways: directly, through the mean, and through the variance.
    x_hat, gamma, std = cache
    dbeta = dout.sum(axis=0)  # ∂L/∂β = Σᵢ ∂L/∂yᵢ
    dgamma = (dout * x_hat).sum(axis=0)  # ∂L/∂γ = Σᵢ ∂L/∂yᵢ x̂ᵢ
    dx_hat = dout * gamma
    through_mean = dx_hat.mean(axis=0)
    through_var = x_hat * (dx_hat * x_hat).mean(axis=0)
    dx = (dx_hat - through_mean - through_var) / std  # (g − mean g − x̂ mean(g x̂)) / √(σ² + ε)
    # end of solution
    return dx, dgamma, dbeta


def layernorm_forward(x: Array, gamma: Array, beta: Array, ln_param: Settings) -> tuple[Array, NormCache]:
    """Layer normalisation, forward: each example is normalised over its own features.

    Takes
        x: (N, D), N examples of D features
        gamma: (D,), scale of each feature
        beta: (D,), shift of each feature
        ln_param: dict, "eps": added to the variance (1e-5 unless given)

    Gives
        out: (N, D)
        cache: for the backward pass

    No example depends on another, so training and testing are the same, and nothing is remembered.
    Source: Ba, Kiros and Hinton, Layer normalization (2016), equation 4.
    """
    eps = ln_param.get("eps", 1e-5)
    # solution: As batch normalisation in training mode, over the other axis.
    mean = x.mean(axis=1, keepdims=True)  # μᵢ = (1/D) Σⱼ xᵢⱼ
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    x_hat = (x - mean) / std
    out = gamma * x_hat + beta
    cache = (x_hat, gamma, std)
    # end of solution
    return out, cache


def layernorm_backward(dout: Array, cache: NormCache) -> tuple[Array, Array, Array]:
    """Layer normalisation, backward.

    Takes
        dout: (N, D), derivative of the loss by the layer's output
        cache: what layernorm_forward kept

    Gives
        dx: (N, D), derivative by x
        dgamma: (D,), derivative by gamma
        dbeta: (D,), derivative by beta

    Source: as batchnorm_backward, with sums over the features of one example.
    """
    # solution: Two of the three sums run over the same axis as in batchnorm_backward, since gamma
    # and beta are shared by all examples still. Which are they?
    x_hat, gamma, std = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    through_mean = dx_hat.mean(axis=1, keepdims=True)
    through_var = x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = (dx_hat - through_mean - through_var) / std
    # end of solution
    return dx, dgamma, dbeta
