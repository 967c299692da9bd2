class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        sizes = [input_dim, hidden_dim, num_classes]
        self.params = {}
        for i in range(len(sizes) - 1):
            self.params["W" + str(i)] = np.random.normal(0, weight_scale, size=(sizes[i], sizes[i + 1]))
            self.params["b" + str(i)] = np.zeros(sizes[i + 1])

    def loss(self, X, y=None):
        hidden, cache0 = affine_relu_forward(X, self.params["W0"], self.params["b0"])
        scores, cache1 = affine_forward(hidden, self.params["W1"], self.params["b1"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        grads = {}
        d, grads["W1"], grads["b1"] = affine_backward(d, cache1)
        d, grads["W0"], grads["b0"] = affine_relu_backward(d, cache0)
        for i in range(2):
            W = self.params["W" + str(i)]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads["W" + str(i)] += self.reg * W
        return loss, grads
