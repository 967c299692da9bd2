from dataclasses import dataclass
from typing import NamedTuple


class AffineCache(NamedTuple):
    x: object
    w: object
    b: object


@dataclass
class Affine:
    W: object
    b: object
    __match_args__ = ("W", "b")


class Relu: ...


def rows(x):
    match x.shape:
        case (_, _):
            return x
        case (n, *_):
            return x.reshape(n, -1)
    raise ValueError("no examples")


def forward(layer, x):
    match layer:
        case Affine(W, b):
            return rows(x) @ W + b
        case Relu():
            return np.where(np.signbit(x), 0.0, x)


def backward(layer, x, dout):
    match layer, x:
        case Affine(W, _), x:
            return (dout @ W.T).reshape(x.shape), [rows(x).T @ dout, dout.sum(0)]
        case Relu(), x:
            return np.where(x > 0, dout, 0.0), []


def affine_forward(x, w, b):
    match cache := AffineCache(x, w, b):
        case AffineCache(x=x, w=w, b=b):
            return forward(Affine(w, b), x), cache


def affine_backward(dout, cache):
    match cache:
        case AffineCache(x, w, b) | (x, w, b, *_):
            dx, [dw, db] = backward(Affine(w, b), x, dout)
    return dx, dw, db


def relu_forward(x):
    match x:
        case np.ndarray(size=size) if size > 0:
            return forward(Relu(), x), x
        case _:
            return x, x


def relu_backward(dout, cache):
    match backward(Relu(), cache, dout):
        case dx, []:
            return dx


def losses(kind, x, y):
    match kind, x.shape:
        case "softmax", (n, c):
            top = x.max(axis=1, keepdims=True)
            log_z = top + np.log(np.exp(x - top).sum(axis=1, keepdims=True))
            each = (log_z - x)[range(n), y]
            slopes = np.exp(x - log_z)
            slopes[range(n), y] -= 1
        case "svm", (n, c):
            others = np.arange(c) != y[:, None]
            gaps = np.where(others, x - x[range(n), y].reshape(-1, 1) + 1, 0)
            each = np.where(gaps > 0, gaps, 0).sum(axis=1)
            slopes = np.where(gaps > 0, 1, 0) - np.where(others, 0, (gaps > 0).sum(axis=1)[:, None])
    return each.mean(), slopes / n


def softmax_loss(x, y):
    return losses("softmax", x, y)


def svm_loss(x, y):
    return losses("svm", x, y)


def sgd(w, dw, config=None):
    match config:
        case None:
            return sgd(w, dw, {})
        case {"learning_rate": rate}:
            return w - rate * dw, config
        case dict():
            return sgd(w, dw, config | {"learning_rate": 1e-2})


def sgd_momentum(w, dw, config=None):
    match config:
        case {"learning_rate": rate, "momentum": mu, "velocity": v}:
            v = mu * v - rate * dw
            return w + v, {**config, "velocity": v}
        case {"velocity": _}:
            return sgd_momentum(w, dw, {"learning_rate": 1e-2, "momentum": 0.9} | config)
        case None | {}:
            return sgd_momentum(w, dw, {"velocity": np.zeros(w.shape)} | (config or {}))


def rmsprop(w, dw, config=None):
    match config:
        case {"learning_rate": rate, "decay_rate": rho, "epsilon": eps, "cache": r, **rest}:
            r = rho * r + (1 - rho) * dw**2
            new = dict(learning_rate=rate, decay_rate=rho, epsilon=eps, cache=r)
            return w - rate * dw / (np.sqrt(r) + eps), new | rest
        case _:
            start = dict(learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros(w.shape))
            return rmsprop(w, dw, start | (config or {}))


def adam(w, dw, config=None):
    match config:
        case {"learning_rate": rate, "beta1": b1, "beta2": b2, "epsilon": eps, "m": m, "v": v, "t": int(t)}:
            t += 1
            m, v = b1 * m + (1 - b1) * dw, b2 * v + (1 - b2) * dw**2
            match 1 - b1**t, 1 - b2**t:
                case c1, c2:
                    step = rate * (m / c1) / (np.sqrt(v / c2) + eps)
            return w - step, config | {"m": m, "v": v, "t": t}
        case _:
            start = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
            return adam(w, dw, start | {"m": np.zeros(w.shape), "v": np.zeros(w.shape)} | (config or {}))


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg, self.dtype, self.params = reg, dtype, {}
        sizes, k = [input_dim, *hidden_dims, num_classes], 0
        while True:
            match sizes:
                case [_]:
                    break
                case [before, after, *_]:
                    k += 1
                    self.params[f"W{k}"] = np.random.normal(0, weight_scale, (before, after)).astype(dtype)
                    self.params[f"b{k}"] = np.zeros(after, dtype)
                    sizes.pop(0)

    def loss(self, X, y=None):
        layers, names = [], []
        for name in self.params:
            match list(name):
                case ["W", *digits]:
                    k = "".join(digits)
                    layers += [Affine(self.params[f"W{k}"], self.params[f"b{k}"]), Relu()]
                    names += [f"W{k}", f"b{k}"]
        layers.pop()  # no ReLU on the scores
        values = [X.astype(self.dtype)]
        for layer in layers:
            values.append(forward(layer, values[-1]))
        match values, y:
            case [*_, scores], None:
                return scores
            case [*inputs, scores], _:
                loss, d = softmax_loss(scores, y)
        found = []
        for layer, value in zip(layers[::-1], inputs[::-1]):
            match backward(layer, value, d):
                case d, [dW, db]:
                    found = [dW + self.reg * layer.W, db, *found]
                    loss = loss + self.reg * (layer.W * layer.W).sum() / 2
                case d, _:
                    pass
        return loss, dict(zip(names, found))
