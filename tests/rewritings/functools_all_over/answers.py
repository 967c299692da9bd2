from dataclasses import dataclass
from functools import lru_cache, partial, partialmethod, reduce, singledispatch, wraps
from operator import add, itemgetter, mul, sub
from typing import Any


def compose(*functions):
    return reduce(lambda f, g: lambda *a: g(f(*a)), functions)


def returning_config(defaults):
    def decorate(rule):
        @wraps(rule)
        def stepping(w, dw, config=None):
            merged = {**defaults, **({} if config is None else config)}
            return rule(w, dw, merged), merged

        return stepping

    return decorate


@dataclass(frozen=True, eq=False)
class Affine:
    w: Any
    b: Any


@dataclass(frozen=True, eq=False)
class Relu:
    pass


@singledispatch
def apply(op, x):
    raise TypeError(op)


@apply.register
def _(op: Affine, x):
    return rows(x) @ op.w + op.b


@apply.register
def _(op: Relu, x):
    return np.fmax(x, 0)


@singledispatch
def pull(op, x, dout):
    raise TypeError(op)


@pull.register
def _(op: Affine, x, dout):
    return (dout @ op.w.T).reshape(x.shape), rows(x).T @ dout, total(dout)


pull.register(Relu, lambda op, x, dout: (np.heaviside(x, 0) * dout,))


@lru_cache(maxsize=None)
def diagonal(n):
    return np.eye(n, dtype=bool)


rows = lambda x: x.reshape(x.shape[0], reduce(mul, x.shape[1:], 1))
total = partial(np.sum, axis=0)
row_max = partial(np.max, axis=1, keepdims=True)
log_sum_exp = compose(np.exp, partial(np.sum, axis=1, keepdims=True), np.log)
hot = lambda n, y: diagonal(n)[y]


def layer_forward(make, x, *parameters):
    op = make(*parameters)
    return apply(op, x), (x, op)


def layer_backward(dout, cache, single=False):
    found = pull(cache[1], cache[0], dout)
    return found[0] if single else found


affine_forward = partial(layer_forward, Affine)
affine_backward = partial(layer_backward)
relu_forward = partial(layer_forward, Relu)
relu_backward = partial(layer_backward, single=True)


def _log_softmax(x):
    z = x - row_max(x)
    return z - log_sum_exp(z)


def _softmax_value(x, y):
    return -reduce(add, _log_softmax(x)[hot(x.shape[1], y)]) / len(x)


def _softmax_slope(x, y):
    return (np.exp(_log_softmax(x)) - hot(x.shape[1], y)) / len(x)


def _hinges(x, y):
    mine = hot(x.shape[1], y)
    return np.where(mine, 0, np.maximum(x - x[mine].reshape(-1, 1) + 1, 0)), mine


def _svm_value(x, y):
    return np.sum(_hinges(x, y)[0]) / len(x)


def _svm_slope(x, y):
    hinges, mine = _hinges(x, y)
    each = np.sign(hinges)
    return sub(each, mine * np.sum(each, axis=1, keepdims=True)) / len(x)


def both(*functions):
    return lambda *args: tuple(f(*args) for f in functions)


softmax_loss = both(_softmax_value, _softmax_slope)
svm_loss = both(_svm_value, _svm_slope)


def _with(x, place, value):
    y = x.copy()
    y[place] = value
    return y


def numerical_gradient(f, x, h=1e-5):
    def slope(place):
        at = compose(partial(_with, x, place), f)
        return (at(x[place] + h) - at(x[place] - h)) / (2 * h)

    return np.array(list(map(slope, np.ndindex(x.shape)))).reshape(x.shape)


@returning_config({"learning_rate": 1e-2})
def sgd(w, dw, config):
    return sub(w, mul(config["learning_rate"], dw))


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        draw = compose(np.random.standard_normal, partial(mul, weight_scale))
        self.params = {
            "W1": draw((input_dim, hidden_dim)),
            "b1": np.zeros(hidden_dim),
            "W2": draw((hidden_dim, num_classes)),
            "b2": np.zeros(num_classes),
        }
        self.reg = reg

    def _get(self, *names):
        return itemgetter(*names)(self.params)

    _weights = partialmethod(_get, "W1", "W2")
    _first = partialmethod(_get, "W1", "b1")
    _second = partialmethod(_get, "W2", "b2")

    def loss(self, X, y=None):
        ops = [Affine(*self._first()), Relu(), Affine(*self._second())]
        inputs = reduce(lambda done, op: [*done, apply(op, done[-1])], ops, [X])
        scores = inputs[-1]
        if y is None:
            return scores

        def step(state, pair):
            (slope, found), (op, x) = state, pair
            slope, *parameters = pull(op, x, slope)
            return slope, [*parameters, *found]

        _, found = reduce(step, reversed([*zip(ops, inputs)]), (_softmax_slope(scores, y), []))
        grads = dict(zip(("W1", "b1", "W2", "b2"), found))
        grads |= {name: grads[name] + self.reg * self.params[name] for name in ("W1", "W2")}
        penalty = reduce(add, map(compose(np.square, np.sum), self._weights()))
        return _softmax_value(scores, y) + self.reg * penalty / 2, grads
