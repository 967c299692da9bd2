"""Losses: how bad the scores are, as one number, and which way each score should move."""

import numpy as np

from reference.types import Array, Labels, Scalar


def softmax_loss(x: Array, y: Labels) -> tuple[Scalar, Array]:
    """Softmax followed by cross-entropy: the mean of −log(probability of the true class).

    Takes
        x: (N, C), scores (logits): x[i, j] is example i's score for class j
        y: (N,), whole numbers; y[i] is the true class of example i, 0 ≤ y[i] < C

    Gives
        loss: one number, the mean over the N examples
        dx: (N, C), derivative of the loss by the scores

    x itself is left as it is. Scores as large as ±1e4 must not overflow.
    Source: Deep Learning (2016), equations 6.29, 6.30 and 6.33; Bishop (2006), equations 4.108
    and 4.109.
    """
    # solution: Shift each row of the scores so that its largest is 0. Compute the logarithms of
    # the probabilities without taking the logarithm of a probability. From them compute the
    # loss, and the derivative by the scores; both are a mean over N.
    rows = np.arange(x.shape[0])
    shifted = x - x.max(axis=1, keepdims=True)  # softmax(s) = softmax(s − max s), row by row
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # log pⱼ = sⱼ − log Σₖ eˢᵏ
    loss = -log_p[rows, y].mean()  # L = −(1/N) Σᵢ log pᵢ,yᵢ
    dx = np.exp(log_p)
    dx[rows, y] -= 1
    dx /= x.shape[0]  # ∂L/∂sᵢⱼ = (pᵢⱼ − [j = yᵢ]) / N
    # end of solution
    return loss, dx


def svm_loss(x: Array, y: Labels) -> tuple[Scalar, Array]:
    """Multi-class hinge loss (SVM loss): each wrong class should score 1 less than the true one.

    Takes
        x: (N, C), scores: x[i, j] is example i's score for class j
        y: (N,), whole numbers; y[i] is the true class of example i, 0 ≤ y[i] < C

    Gives
        loss: one number, the mean over the N examples
        dx: (N, C), derivative of the loss by the scores; 0 for a class exactly on the margin

    x itself is left as it is.
    Source: Weston and Watkins, Support vector machines for multi-class pattern recognition
    (ESANN 1999), with a margin of 1.
    """
    # solution: Compute the margins of all classes of all examples at once; the true class does
    # not take part. From them compute the loss, and the derivative by the scores: each margin
    # above 0 moves two scores. Both are a mean over N.
    rows = np.arange(x.shape[0])
    margins = np.maximum(0, x - x[rows, y][:, np.newaxis] + 1)  # mᵢⱼ = max(0, sᵢⱼ − sᵢ,yᵢ + 1)
    margins[rows, y] = 0  # j ≠ yᵢ
    loss = margins.sum() / x.shape[0]  # L = (1/N) Σᵢ Σⱼ mᵢⱼ
    dx = (margins > 0) / x.shape[0]  # ∂L/∂sᵢⱼ = [mᵢⱼ > 0] / N for j ≠ yᵢ
    dx[rows, y] = -dx.sum(axis=1)  # ∂L/∂sᵢ,yᵢ = −(number of mᵢⱼ > 0) / N
    # end of solution
    return loss, dx
