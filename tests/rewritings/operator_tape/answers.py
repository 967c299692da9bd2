class Node:
    """A value that knows what it was made of, and how to hand a slope on to that."""

    __array_ufunc__ = None  # so that array @ Node asks Node

    def __init__(self, value, *parents):
        self.value = np.asarray(value)
        self.parents = parents  # (node, function from this node's slope to a share of its own)
        self.slope = None

    @staticmethod
    def of(thing):
        return thing if isinstance(thing, Node) else Node(thing)

    def __add__(self, other):
        other = Node.of(other)
        return Node(
            self.value + other.value,
            (self, lambda g: _fold(g, self.value.shape)),
            (other, lambda g: _fold(g, other.value.shape)),
        )

    __radd__ = __add__

    def __neg__(self):
        return Node(-self.value, (self, lambda g: -g))

    def __sub__(self, other):
        return self + -Node.of(other)

    def __rsub__(self, other):
        return Node.of(other) + -self

    def __mul__(self, other):
        other = Node.of(other)
        return Node(
            self.value * other.value,
            (self, lambda g: _fold(g * other.value, self.value.shape)),
            (other, lambda g: _fold(g * self.value, other.value.shape)),
        )

    __rmul__ = __mul__

    def __truediv__(self, number):
        return self * (1 / number)

    def __matmul__(self, other):
        other = Node.of(other)
        return Node(
            self.value @ other.value,
            (self, lambda g: g @ other.value.T),
            (other, lambda g: self.value.T @ g),
        )

    def __pow__(self, n):
        return Node(self.value**n, (self, lambda g: g * n * self.value ** (n - 1)))

    def __getitem__(self, index):
        def spread(g):
            whole = np.zeros_like(self.value)
            np.add.at(whole, index, g)
            return whole

        return Node(self.value[index], (self, spread))

    def rows(self):
        return Node(self.value.reshape(self.value.shape[0], -1), (self, lambda g: g.reshape(self.value.shape)))

    def positive(self):
        return Node(self.value * (self.value > 0), (self, lambda g: g * (self.value > 0)))

    def exp(self):
        e = np.exp(self.value)
        return Node(e, (self, lambda g: g * e))

    def log(self):
        return Node(np.log(self.value), (self, lambda g: g / self.value))

    def sum(self, axis=None):
        keep = axis is not None
        return Node(
            self.value.sum(axis=axis, keepdims=keep), (self, lambda g: np.broadcast_to(g, self.value.shape))
        )

    def backward(self, slope=1.0):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.slope = np.zeros(node.value.shape)
        self.slope = np.broadcast_to(slope, self.value.shape).astype(float)
        for node in reversed(order):
            for parent, share in node.parents:
                parent.slope = parent.slope + share(node.slope)


def _fold(g, shape):
    """Sum over the axes along which a value was repeated."""
    g = np.asarray(g)
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1 and g.shape[axis] != 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def cross_entropy(scores, y):
    scores = scores - scores.value.max(axis=1, keepdims=True)
    log_p = scores - scores.exp().sum(axis=1).log()
    return -log_p[range(len(y)), y].sum() / len(y)


def numerical_gradient(f, x, h=1e-5):
    out = Node(np.zeros(x.shape))
    places = np.arange(x.size).reshape(x.shape)
    flat = x.reshape(-1) if x.flags.c_contiguous else x.ravel()
    for k in range(x.size):
        away = np.where(places == k, h, 0.0)
        out = out + np.where(places == k, (f(x + away) - f(x - away)) / (2 * h), 0.0)
    assert flat.size == x.size
    return out.value


def affine_forward(x, w, b):
    leaves = [Node(x), Node(w), Node(b)]
    out = leaves[0].rows() @ leaves[1] + leaves[2]
    return out.value, (out, leaves)


def affine_backward(dout, cache):
    out, leaves = cache
    out.backward(dout)
    return tuple(leaf.slope for leaf in leaves)


def relu_forward(x):
    leaf = Node(x)
    out = leaf.positive()
    return out.value, (out, leaf)


def relu_backward(dout, cache):
    out, leaf = cache
    out.backward(dout)
    return leaf.slope


def softmax_loss(x, y):
    leaf = Node(x)
    loss = cross_entropy(leaf, y)
    loss.backward()
    return float(loss.value), leaf.slope


def svm_loss(x, y):
    leaf, rows = Node(x), np.arange(len(y))
    true = leaf[rows, y][:, None]
    others = 1.0 - (np.arange(x.shape[1]) == y[:, None])
    loss = ((leaf - true + 1) * others).positive().sum() / len(y)
    loss.backward()
    return float(loss.value), leaf.slope


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    if "learning_rate" not in config:
        config.update(learning_rate=0.01)
    return (Node(w) - config["learning_rate"] * Node(dw)).value, config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params, self.reg = {}, reg
        for k, shape in enumerate([(input_dim, hidden_dim), (hidden_dim, num_classes)], start=1):
            self.params["W" + str(k)] = np.random.normal(scale=weight_scale, size=shape)
            self.params["b" + str(k)] = np.zeros(shape[1:])

    def loss(self, X, y=None):
        p = {name: Node(value) for name, value in self.params.items()}
        scores = (Node(X).rows() @ p["W1"] + p["b1"]).positive() @ p["W2"] + p["b2"]
        if y is None:
            return scores.value
        loss = cross_entropy(scores, y) + 0.5 * self.reg * ((p["W1"] ** 2).sum() + (p["W2"] ** 2).sum())
        loss.backward()
        return float(loss.value), {name: node.slope for name, node in p.items()}
