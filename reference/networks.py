"""Networks: layers put together, and a loss on top."""

import numpy as np

from reference.layers import (
    affine_backward,
    affine_forward,
    affine_relu_backward,
    affine_relu_forward,
)
from reference.losses import softmax_loss
from reference.types import Array, Labels, Params, Scalar


class TwoLayerNet:
    """A net of two layers of weights: affine – ReLU – affine – softmax.

    D inputs, H hidden units, C classes. The scores come straight out of the second affine layer;
    the softmax is a part of the loss. The net does not train itself: a Solver does.

    params: dict of arrays
        W1 (D, H), b1 (H,): first layer
        W2 (H, C), b2 (C,): second layer
    """

    def __init__(
        self,
        input_dim: int = 3 * 32 * 32,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
    ) -> None:
        """Make a net with random weights.

        Takes
            input_dim: D, how many numbers an example has
            hidden_dim: H, how many hidden units
            num_classes: C
            weight_scale: standard deviation of the random weights at the start
            reg: strength of the L2 regularisation
        """
        self.params: Params = {}
        self.reg = reg
        # solution: Fill self.params. The weights W1 and W2 are drawn from a normal distribution
        # with mean 0 and standard deviation weight_scale; the biases b1 and b2 are 0.
        self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)  # W ~ N(0, s²)
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params["b2"] = np.zeros(num_classes)
        # end of solution

    def loss(self, X: Array, y: Labels | None = None) -> Array | tuple[Scalar, Params]:
        """Scores of the examples X; with labels, the loss and its gradients instead.

        Takes
            X: (N, d1, …, dk), N examples of D = d1 · … · dk numbers each
            y: (N,), the true classes, or None

        Gives, when y is None
            scores: (N, C)

        Gives, when y is given
            loss: one number, the softmax loss plus 0.5 · reg · (the sum of all squared weights);
                the biases are not regularised
            grads: dict with the keys of self.params; grads[k] has the shape of self.params[k]

        Source: Deep Learning (2016), algorithms 6.3 and 6.4; regularisation: equations 7.2 and 7.3.
        """
        # solution: Forward. Compute the scores, and keep what the backward pass will need. Use
        # the layers that you have written above.
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        hidden, hidden_cache = affine_relu_forward(X, W1, b1)  # h = max(0, X W₁ + b₁)
        scores, scores_cache = affine_forward(hidden, W2, b2)  # s = h W₂ + b₂: no ReLU here
        # end of solution
        if y is None:
            return scores

        # solution: Loss. The softmax loss of the scores, plus the regularisation of W1 and W2.
        data_loss, dscores = softmax_loss(scores, y)
        loss = data_loss + 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))  # + ½ λ Σ W²
        # end of solution

        grads: Params = {}
        # solution: Backward. From the scores back to the parameters, the last layer first; then
        # what the regularisation adds. Fill grads with the keys W1, b1, W2 and b2.
        dhidden, dW2, db2 = affine_backward(dscores, scores_cache)
        _, dW1, db1 = affine_relu_backward(dhidden, hidden_cache)
        grads["W1"] = dW1 + self.reg * W1  # ∂(½ λ W²)/∂W = λ W
        grads["b1"] = db1
        grads["W2"] = dW2 + self.reg * W2
        grads["b2"] = db2
        # end of solution
        return loss, grads
