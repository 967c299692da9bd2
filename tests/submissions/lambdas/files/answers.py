import numpy as np

flat = lambda x: x.reshape(x.shape[0], -1)
affine_forward = lambda x, w, b: (flat(x) @ w + b, (x, w, b))
affine_backward = lambda dout, cache: (
    (dout @ cache[1].T).reshape(cache[0].shape),
    flat(cache[0]).T @ dout,
    dout.sum(axis=0),
)
relu_forward = lambda x: (np.maximum(x, 0), x)
relu_backward = lambda dout, cache: dout * (cache > 0)
affine_relu_forward = lambda x, w, b: (lambda a, c1: (lambda h, c2: (h, (c1, c2)))(*relu_forward(a)))(*affine_forward(x, w, b))
affine_relu_backward = lambda dout, cache: affine_backward(relu_backward(dout, cache[1]), cache[0])

log_softmax = lambda x: x - x.max(1, keepdims=True) - np.log(np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True))
onehot = lambda x, y: np.eye(x.shape[1])[y]
softmax_loss = lambda x, y: (-(onehot(x, y) * log_softmax(x)).sum() / len(y), (np.exp(log_softmax(x)) - onehot(x, y)) / len(y))

margins = lambda x, y: np.maximum(0, x - (x * onehot(x, y)).sum(1, keepdims=True) + 1) * (1 - onehot(x, y))
svm_loss = lambda x, y: (
    margins(x, y).sum() / len(y),
    ((margins(x, y) > 0) - onehot(x, y) * (margins(x, y) > 0).sum(1, keepdims=True)) / len(y),
)
sgd = lambda w, dw, config=None: (w - (config or {}).get("learning_rate", 1e-2) * dw, config or {})
bump = lambda x, i, h: x + h * (np.arange(x.size).reshape(x.shape) == i)
numerical_gradient = lambda f, x, h=1e-5: np.array([(f(bump(x, i, h)) - f(bump(x, i, -h))) / (2 * h) for i in range(x.size)]).reshape(x.shape)


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        draw = lambda *shape: weight_scale * np.random.randn(*shape)
        self.reg = reg
        self.params = {"W1": draw(input_dim, hidden_dim), "b1": np.zeros(hidden_dim), "W2": draw(hidden_dim, num_classes), "b2": np.zeros(num_classes)}

    def loss(self, X, y=None):
        p = self.params
        h, c1 = affine_relu_forward(X, p["W1"], p["b1"])
        s, c2 = affine_forward(h, p["W2"], p["b2"])
        if y is None:
            return s
        loss, ds = softmax_loss(s, y)
        dh, dW2, db2 = affine_backward(ds, c2)
        _, dW1, db1 = affine_relu_backward(dh, c1)
        l2 = lambda w: 0.5 * self.reg * np.sum(w ** 2)
        return loss + l2(p["W1"]) + l2(p["W2"]), {"W1": dW1 + self.reg * p["W1"], "b1": db1, "W2": dW2 + self.reg * p["W2"], "b2": db2}
