import contextlib
from itertools import islice, zip_longest


def affine(x, w, b):
    shape, rows = x.shape, x.reshape((-1, w.shape[0]))
    answer = rows @ w + b
    while True:
        dout = yield answer
        answer = (dout @ w.T).reshape(shape), rows.T @ dout, dout.sum(axis=0)


def rectifier(x):
    answer = 0.5 * (x + abs(x))
    slope = (np.sign(x) + 1) // 2 * (x != 0)
    while True:
        answer = (yield answer) * slope


def cross_entropy(y):
    x = yield
    z = x - x.max(axis=1)[:, None]
    total = np.exp(z).sum(axis=1)
    hot = np.zeros(z.shape)
    hot[[*range(len(y))], y] = 1
    yield (np.log(total) - (z * hot).sum(axis=1)).sum() / len(y)
    yield (np.exp(z) / total[:, None] - hot) / len(y)


def hinge(y):
    x = yield
    n = x.shape[0]
    hot = np.zeros(x.shape)
    hot[[*range(n)], y] = 1
    margins = (x - (x * hot).sum(axis=1)[:, None] + 1) * (1 - hot)
    over = margins > 0
    yield (margins * over).sum() / n
    yield (over - hot * over.sum(axis=1)[:, None]) / n


def started(layer):
    return next(layer), layer


def losses(make, x, y):
    routine = make(y)
    next(routine)
    loss = routine.send(x)
    (dx,) = islice(routine, 1)
    return loss, dx


def displaced(x, h):
    """x itself, with one element after the other moved; put back whatever happens."""
    for place in np.ndindex(x.shape):
        before = x[place]
        try:
            for value in (before + h, before - h):
                x[place] = value
                yield place, x
        finally:
            x[place] = before


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    with contextlib.closing(displaced(x, h)) as walk:
        values = ((place, f(at)) for place, at in walk)
        for (place, up), (_, down) in zip_longest(values, values):
            grad[place] = (up - down) / (2 * h)
    return grad


def affine_forward(x, w, b):
    return started(affine(x, w, b))


def affine_backward(dout, cache):
    return cache.send(dout)


def relu_forward(x):
    return started(rectifier(x))


def relu_backward(dout, cache):
    return cache.send(dout)


def softmax_loss(x, y):
    return losses(cross_entropy, x, y)


def svm_loss(x, y):
    return losses(hinge, x, y)


def walk_down(w, rate):
    while True:
        w = w - rate * (yield w)


def sgd(w, dw, config=None):
    config = dict(learning_rate=1e-2) | (config or {})
    walk = walk_down(w, config["learning_rate"])
    next(walk)
    return walk.send(dw), config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = dict(self._start((input_dim, hidden_dim, num_classes), weight_scale))

    @staticmethod
    def _start(sizes, scale):
        rng = np.random.Generator(np.random.PCG64(np.random.randint(1 << 30)))
        for k in (1, 2):
            yield f"W{k}", scale * rng.standard_normal(sizes[k - 1 : k + 1])
            yield f"b{k}", np.zeros(sizes[k])

    def _run(self, X):
        """Yield the scores, be sent their slope, yield names and gradients."""
        p = self.params
        with contextlib.ExitStack() as stack:
            hidden, first = started(affine(X, p["W1"], p["b1"]))
            active, gate = started(rectifier(hidden))
            scores, second = started(affine(active, p["W2"], p["b2"]))
            for layer in (first, gate, second):
                stack.enter_context(contextlib.closing(layer))
            slope, dW2, db2 = second.send((yield scores))
            yield "W2", dW2 + self.reg * p["W2"]
            yield "b2", db2
            _, dW1, db1 = first.send(gate.send(slope))
            yield "W1", dW1 + self.reg * p["W1"]
            yield "b1", db1

    def loss(self, X, y=None):
        run = self._run(X)
        scores = next(run)
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = dict([run.send(dscores), *run])
        penalties = (0.5 * self.reg * (W * W).sum() for name, W in self.params.items() if name[0] == "W")
        return sum(penalties, loss), grads
