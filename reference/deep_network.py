"""A network of any depth, with what it takes to start and to regularise it."""

import numpy as np

from reference.dropout import dropout_backward, dropout_forward
from reference.layers import affine_backward, affine_forward, relu_backward, relu_forward
from reference.losses import softmax_loss
from reference.normalization import (
    batchnorm_backward,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
)
from reference.types import Array, DType, Labels, Params, Scalar, Settings


class FullyConnectedNet:
    """A net of L layers of weights: {affine – [norm] – ReLU – [dropout]} × (L − 1) – affine – softmax.

    What stands in brackets is there only if it is asked for. The scores come straight out of the
    last affine layer. D inputs, C classes.

    params: dict of arrays
        W1 … WL, b1 … bL: weights and biases; W1 is (D, H1), W2 (H1, H2), …, WL (…, C)
        gamma1, beta1, …: (H1,), …: of the hidden layers 1 … L − 1, only with normalization
    """

    def __init__(
        self,
        hidden_dims: list[int],
        input_dim: int = 3 * 32 * 32,
        num_classes: int = 10,
        dropout_keep_ratio: float = 1,
        normalization: str | None = None,
        reg: float = 0.0,
        weight_scale: float = 1e-2,
        dtype: DType = np.float32,
        seed: int | None = None,
    ) -> None:
        """Make a net with random weights.

        Takes
            hidden_dims: list of L − 1 numbers, the units of each hidden layer
            input_dim: D, how many numbers an example has
            num_classes: C
            dropout_keep_ratio: probability to keep a unit; 1 means no dropout
            normalization: "batchnorm", "layernorm" or None
            reg: strength of the L2 regularisation
            weight_scale: standard deviation of the random weights at the start
            dtype: of all parameters and of all that is computed; np.float64 for gradient checks
            seed: for the dropout layers, so that a loss can be computed twice; None: leave them random
        """
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = len(hidden_dims) + 1  # L
        self.dtype = dtype
        self.params: Params = {}
        # solution: Fill self.params. The weights are drawn from a normal distribution with mean 0
        # and standard deviation weight_scale, the biases are 0. With normalization, each hidden
        # layer has a gamma of ones and a beta of zeros too; the last layer has none.
        sizes = [input_dim, *hidden_dims, num_classes]
        for layer in range(1, self.num_layers + 1):
            before, after = sizes[layer - 1], sizes[layer]
            self.params[f"W{layer}"] = weight_scale * np.random.randn(before, after)  # W ~ N(0, s²)
            self.params[f"b{layer}"] = np.zeros(after)
            if normalization is not None and layer < self.num_layers:
                self.params[f"gamma{layer}"] = np.ones(after)
                self.params[f"beta{layer}"] = np.zeros(after)
        # end of solution

        # Each hidden layer's batch normalisation keeps running statistics in a dict of its own.
        self.bn_params: list[Settings] = [{} for _ in hidden_dims] if normalization is not None else []
        self.dropout_param: Settings = {"p": dropout_keep_ratio}
        if seed is not None:
            self.dropout_param["seed"] = seed
        for name, value in self.params.items():
            self.params[name] = value.astype(dtype)

    def loss(self, X: Array, y: Labels | None = None) -> Array | tuple[Scalar, Params]:
        """Scores of the examples X, in test mode; with labels, the loss and its gradients instead.

        Takes
            X: (N, d1, …, dk), N examples of D = d1 · … · dk numbers each
            y: (N,), the true classes, or None

        Gives, when y is None (test mode)
            scores: (N, C)

        Gives, when y is given (training mode)
            loss: one number, the softmax loss plus 0.5 · reg · (the sum of all squared weights W1
                … WL); neither biases nor gamma and beta are regularised
            grads: dict with the keys of self.params; grads[k] has the shape of self.params[k]

        Source: Deep Learning (2016), algorithms 6.3 and 6.4, layer by layer.
        """
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        for settings in (self.dropout_param, *self.bn_params):
            settings["mode"] = mode
        last = self.num_layers

        # solution: Forward. From X through the hidden layers to the scores, with a loop over the
        # layers. Keep the cache of each of them.
        hidden, caches = X, []
        for layer in range(1, last):
            W, b = self.params[f"W{layer}"], self.params[f"b{layer}"]
            hidden, affine_cache = affine_forward(hidden, W, b)
            norm_cache = dropout_cache = None
            if self.normalization is not None:
                gamma, beta = self.params[f"gamma{layer}"], self.params[f"beta{layer}"]
                normalize = batchnorm_forward if self.normalization == "batchnorm" else layernorm_forward
                hidden, norm_cache = normalize(hidden, gamma, beta, self.bn_params[layer - 1])
            hidden, relu_cache = relu_forward(hidden)  # h = max(0, norm(h W + b))
            if self.use_dropout:
                hidden, dropout_cache = dropout_forward(hidden, self.dropout_param)
            caches.append((affine_cache, norm_cache, relu_cache, dropout_cache))
        scores, scores_cache = affine_forward(hidden, self.params[f"W{last}"], self.params[f"b{last}"])
        # end of solution
        if y is None:
            return scores

        # solution: Loss. The softmax loss of the scores, plus the regularisation of W1 … WL.
        weights = [self.params[f"W{layer}"] for layer in range(1, last + 1)]
        data_loss, dscores = softmax_loss(scores, y)
        loss = data_loss + 0.5 * self.reg * sum(np.sum(W**2) for W in weights)  # + ½ λ Σ W²
        # end of solution

        grads: Params = {}
        # solution: Backward. From the scores back to X, each layer in the reverse order of its
        # parts; then what the regularisation adds. Fill grads with the keys of self.params.
        dhidden, grads[f"W{last}"], grads[f"b{last}"] = affine_backward(dscores, scores_cache)
        for layer in range(last - 1, 0, -1):
            affine_cache, norm_cache, relu_cache, dropout_cache = caches[layer - 1]
            if dropout_cache is not None:
                dhidden = dropout_backward(dhidden, dropout_cache)
            dhidden = relu_backward(dhidden, relu_cache)
            if norm_cache is not None:
                normalize_back = (
                    batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
                )
                dhidden, grads[f"gamma{layer}"], grads[f"beta{layer}"] = normalize_back(dhidden, norm_cache)
            dhidden, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(dhidden, affine_cache)
        for layer in range(1, last + 1):
            grads[f"W{layer}"] += self.reg * self.params[f"W{layer}"]  # ∂(½ λ W²)/∂W = λ W
        # end of solution
        return loss, grads
