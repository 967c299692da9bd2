class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        dims = [input_dim] + list(hidden_dims) + [num_classes]
        self.L = len(dims) - 1
        self.lam = reg
        rng = np.random.default_rng()
        self.params = {}
        for i in range(self.L):
            self.params["W%d" % (i + 1)] = rng.normal(0, weight_scale, (dims[i], dims[i + 1])).astype(dtype)
            self.params["b%d" % (i + 1)] = np.zeros(dims[i + 1], dtype=dtype)

    def layer(self, i):
        return self.params["W%d" % i], self.params["b%d" % i]

    def loss(self, X, y=None):
        steps, out = [], X
        for i in range(1, self.L + 1):
            out, below = affine_forward(out, *self.layer(i))
            above = None
            if i < self.L:
                out, above = relu_forward(out)
            steps.append((i, below, above))
        if y is None:
            return out
        loss, dout = softmax_loss(out, y)
        grads = {}
        while steps:
            i, below, above = steps.pop()
            if above is not None:
                dout = relu_backward(dout, above)
            dout, dw, grads["b%d" % i] = affine_backward(dout, below)
            W, _ = self.layer(i)
            grads["W%d" % i] = dw + self.lam * W
            loss += 0.5 * self.lam * (W * W).sum()
        return loss, grads
