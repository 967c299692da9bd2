import math
from itertools import chain, starmap


def dot(u, v):
    return math.fsum(a * b for a, b in zip(u, v))


def transposed(rows):
    return [*map(list, zip(*rows))]


def product(A, B):
    columns = transposed(B)
    return [[dot(row, column) for column in columns] for row in A]


def mapped(f, *arrays):
    """f on corresponding elements of nested lists of any depth."""
    return [mapped(f, *parts) for parts in zip(*arrays)] if isinstance(arrays[0], list) else f(*arrays)


def flattened(x):
    return [*chain.from_iterable(map(flattened, x))] if isinstance(x, list) else [x]


def shaped(values, shape):
    values = iter(values)

    def build(shape):
        return [build(shape[1:]) for _ in range(shape[0])] if shape else next(values)

    return build(tuple(shape))


def shape_of(x):
    return (len(x), *shape_of(x[0])) if isinstance(x, list) else ()


def numerical_gradient(f, x, h=1e-5):
    values, slopes = flattened(x.tolist()), []
    for k, value in enumerate(values):
        ends = (
            f(np.array(shaped([*values[:k], value + s, *values[k + 1 :]], x.shape))) for s in (h, -h)
        )
        slopes.append((next(ends) - next(ends)) / (2 * h))
    return np.array(shaped(slopes, x.shape))


def affine_forward(x, w, b):
    x, w, b = x.tolist(), w.tolist(), b.tolist()
    rows = [flattened(example) for example in x]
    out = [[p + c for p, c in zip(row, b)] for row in product(rows, w)]
    return np.array(out), {"rows": rows, "shape": shape_of(x), "w": w}


def affine_backward(dout, cache):
    dout = dout.tolist()
    dx = product(dout, transposed(cache["w"]))
    dw = product(transposed(cache["rows"]), dout)
    db = [math.fsum(column) for column in zip(*dout)]
    return np.array(shaped(flattened(dx), cache["shape"])), np.array(dw), np.array(db)


def relu_forward(x):
    x = x.tolist()
    return np.array(mapped(lambda v: max(v, 0.0), x)), x


def relu_backward(dout, cache):
    return np.array(mapped(lambda d, v: d if v > 0 else 0.0, dout.tolist(), cache))


def _cross_entropy(row, true):
    top = max(row)
    weights = [math.exp(s - top) for s in row]
    total = math.fsum(weights)
    return math.log(total) + top - row[true], [w / total - (j == true) for j, w in enumerate(weights)]


def _hinge(row, true):
    margins = [max(0.0, s - row[true] + 1) if j != true else 0.0 for j, s in enumerate(row)]
    slopes = [float(m > 0) for m in margins]
    slopes[true] -= sum(slopes)
    return math.fsum(margins), slopes


def _mean_of(one_example, x, y):
    losses, slopes = zip(*starmap(one_example, zip(x.tolist(), y.tolist())))
    n = len(losses)
    return math.fsum(losses) / n, np.array([[s / n for s in row] for row in slopes])


def softmax_loss(x, y):
    return _mean_of(_cross_entropy, x, y)


def svm_loss(x, y):
    return _mean_of(_hinge, x, y)


def sgd(w, dw, config=None):
    config = {} if config is None else config
    rate = config["learning_rate"] = config.get("learning_rate", 0.01)
    return np.array(mapped(lambda a, g: a - rate * g, w.tolist(), dw.tolist())), config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        # Box and Muller's way from two uniform numbers to a normal one
        def weights(*shape):
            u, v = 1 - np.random.random_sample(shape), np.random.random_sample(shape)
            return weight_scale * np.sqrt(-2 * np.log(u)) * np.cos(2 * math.pi * v)

        self.reg = reg
        self.params = {
            "W1": weights(input_dim, hidden_dim),
            "b1": np.array([0.0] * hidden_dim),
            "W2": weights(hidden_dim, num_classes),
            "b2": np.array([0.0] * num_classes),
        }

    def loss(self, X, y=None):
        p = self.params
        hidden, cache = affine_forward(X, p["W1"], p["b1"])
        active, gate = relu_forward(hidden)
        scores, top = affine_forward(active, p["W2"], p["b2"])
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        d, dW2, db2 = affine_backward(d, top)
        _, dW1, db1 = affine_backward(relu_backward(d, gate), cache)
        grads = {"b1": db1, "b2": db2}
        for name, dW in (("W1", dW1), ("W2", dW2)):
            W = p[name].tolist()
            loss += self.reg * math.fsum(v * v for v in flattened(W)) / 2
            grads[name] = np.array(mapped(lambda g, v: g + self.reg * v, dW.tolist(), W))
        return loss, grads
