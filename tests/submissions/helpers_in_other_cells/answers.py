import functools
from math import prod

DEFAULT_LR = 1e-2
HALF, TWO = 0.5, 2.0
SETTINGS = {"margin": 0.0}
SETTINGS["margin"] = 1.0
SETTINGS.update(axis=1)
KEYS = []
for layer in (1, 2):
    KEYS.append(f"W{layer}")
    KEYS.append(f"b{layer}")


def flatten(x):
    return x.reshape(x.shape[0], prod(x.shape[1:]))


def row_max(s):
    return s.max(axis=SETTINGS["axis"], keepdims=True)


def softmax(s):
    e = np.exp(s - row_max(s))
    return e / e.sum(axis=SETTINGS["axis"], keepdims=True)


def pick(s, y):
    return np.take_along_axis(s, y[:, None], axis=SETTINGS["axis"])


@functools.lru_cache
def central(h):
    return TWO * h


def numerical_gradient(f, x, h=1e-5):
    g = np.empty_like(x)
    flat_x, flat_g = x.ravel(), g.ravel()
    for k in range(flat_x.size):
        keep = flat_x[k]
        values = []
        for step in (+h, -h):
            flat_x[k] = keep + step
            values.append(f(flat_x.reshape(x.shape)))
        flat_x[k] = keep
        flat_g[k] = (values[0] - values[1]) / central(h)
    return flat_g.reshape(x.shape)


def affine_forward(x, w, b):
    return flatten(x) @ w + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, _ = cache
    return (dout @ w.T).reshape(x.shape), flatten(x).T @ dout, dout.sum(axis=0)


def softmax_loss(x, y):
    p = softmax(x)
    loss = -np.log(pick(p, y)).mean()
    np.put_along_axis(p, y[:, None], pick(p, y) - 1, axis=1)
    return loss, p / len(y)


def svm_loss(x, y):
    margins = np.maximum(0, x - pick(x, y) + SETTINGS["margin"])
    np.put_along_axis(margins, y[:, None], 0, axis=1)
    dx = np.sign(margins)
    np.put_along_axis(dx, y[:, None], -dx.sum(axis=1, keepdims=True), axis=1)
    return margins.sum() / len(y), dx / len(y)


def sgd(w, dw, config=None):
    config = config if config is not None else {}
    lr = config.setdefault("learning_rate", DEFAULT_LR)
    return w - lr * dw, config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        shapes = [(input_dim, hidden_dim), (hidden_dim,), (hidden_dim, num_classes), (num_classes,)]
        self.params = {}
        for key, shape in zip(KEYS, shapes):
            self.params[key] = np.random.randn(*shape) * weight_scale if key.startswith("W") else np.zeros(shape)

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[key] for key in KEYS)
        hidden, cache1 = affine_relu_forward(X, W1, b1)
        scores, cache2 = affine_forward(hidden, W2, b2)
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        loss += HALF * self.reg * sum(np.sum(self.params[k] ** TWO) for k in KEYS if k[0] == "W")
        d, dW2, db2 = affine_backward(d, cache2)
        d, dW1, db1 = affine_relu_backward(d, cache1)
        grads = dict(zip(KEYS, (dW1, db1, dW2, db2)))
        for k in KEYS:
            if k[0] == "W":
                grads[k] = grads[k] + self.reg * self.params[k]
        return loss, grads
