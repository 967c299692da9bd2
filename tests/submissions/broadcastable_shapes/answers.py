def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1) @ w + b
    return out[None], (x, w, b)


def relu_forward(x):
    return np.maximum(0, x)[..., np.newaxis], x


def softmax_loss(x, y):
    N = len(y)
    p = np.exp(x - x.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean(keepdims=True)
    p[np.arange(N), y] -= 1
    return loss, p / N


def sgd(w, dw, config=None):
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    return (w - config["learning_rate"] * dw)[np.newaxis, ...], config
