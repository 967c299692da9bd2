class Layer:
    __slots__ = ("incoming", "trainable", "slopes")

    def __init__(self, *trainable):
        self.trainable = trainable
        self.slopes = ()
        self.incoming = None

    def __call__(self, incoming):
        self.incoming = incoming
        return self.forward()

    def forward(self):
        raise NotImplementedError

    def back(self, outgoing):
        raise NotImplementedError


class Flatten(Layer):
    __slots__ = ()

    def forward(self):
        return np.ravel(self.incoming).reshape(len(self.incoming), -1)

    def back(self, outgoing):
        return np.reshape(outgoing, self.incoming.shape)


class Linear(Layer):
    __slots__ = ()

    def forward(self):
        (weights,) = self.trainable
        return np.dot(self.incoming, weights)

    def back(self, outgoing):
        (weights,) = self.trainable
        self.slopes = (np.dot(np.transpose(self.incoming), outgoing),)
        return np.dot(outgoing, np.transpose(weights))


class Shift(Layer):
    __slots__ = ()

    def forward(self):
        return self.incoming + self.trainable[0][np.newaxis]

    def back(self, outgoing):
        self.slopes = (np.add.reduce(outgoing),)
        return outgoing


class Gate(Layer):
    __slots__ = ("open",)

    def forward(self):
        self.open = self.incoming > 0
        return np.where(self.open, self.incoming, 0.0)

    def back(self, outgoing):
        return np.where(self.open, outgoing, 0.0)


class Sequence(Layer):
    __slots__ = ("layers",)

    def __init__(self, *layers):
        super().__init__()
        self.layers = layers

    def forward(self):
        value = self.incoming
        for layer in self.layers:
            value = layer(value)
        return value

    def back(self, outgoing):
        found = []
        for layer in self.layers[::-1]:
            outgoing = layer.back(outgoing)
            found = [*layer.slopes, *found]
        self.slopes = tuple(found)
        return outgoing


class CrossEntropy(Layer):
    __slots__ = ("labels", "chances")

    def __init__(self, labels):
        super().__init__()
        self.labels = labels

    def forward(self):
        relative = self.incoming - np.amax(self.incoming, axis=-1, keepdims=True)
        logsum = np.log(np.exp(relative).sum(-1, keepdims=True))
        self.chances = np.exp(relative - logsum)
        return np.mean(logsum[:, 0] - np.choose(self.labels, relative.T) if relative.shape[1] < 32 else
                       logsum[:, 0] - relative[np.arange(len(relative)), self.labels])

    def back(self, outgoing):
        one_hot = self.labels[:, None] == np.arange(self.chances.shape[1])
        return outgoing * (self.chances - one_hot) / len(self.chances)


class Hinge(CrossEntropy):
    __slots__ = ("violated",)

    def forward(self):
        own = self.labels[:, None] == np.arange(self.incoming.shape[1])
        true = self.incoming[own][:, None]
        gaps = np.where(own, 0.0, self.incoming + 1 - true)
        self.violated = (gaps > 0) * 1.0 - own * (gaps > 0).sum(1, keepdims=True)
        return gaps[gaps > 0].sum() / len(gaps)

    def back(self, outgoing):
        return outgoing * self.violated / len(self.violated)


class Slope(Layer):
    """The ruler as an object too."""

    __slots__ = ("function", "step")

    def __init__(self, function, step):
        super().__init__()
        self.function, self.step = function, step

    def forward(self):
        here, slopes = self.incoming, np.empty_like(self.incoming)
        for place in np.ndindex(*here.shape):
            saved, ends = here[place], []
            for sign in (+1, -1):
                here[place] = saved + sign * self.step
                ends.append(self.function(here))
            here[place] = saved
            slopes[place] = (ends[0] - ends[1]) / self.step / 2
        return slopes


def numerical_gradient(f, x, h=1e-5):
    return Slope(f, h)(x)


def affine_forward(x, w, b):
    layer = Sequence(Flatten(), Linear(w), Shift(b))
    return layer(x), layer


def affine_backward(dout, cache):
    dx = cache.back(dout)
    return dx, *cache.slopes


def relu_forward(x):
    gate = Gate()
    return gate(x), gate


def relu_backward(dout, cache):
    return cache.back(dout)


def softmax_loss(x, y):
    loss = CrossEntropy(y)
    return loss(x), loss.back(1.0)


def svm_loss(x, y):
    loss = Hinge(y)
    return loss(x), loss.back(1.0)


def sgd(w, dw, config=None):
    config = {"learning_rate": 1e-2} if config is None else config
    rate = config.setdefault("learning_rate", 1e-2)
    return np.subtract(w, np.multiply(rate, dw)), config


class TwoLayerNet:
    __slots__ = ("params", "reg")

    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        draw = np.random.RandomState(np.random.randint(2**31)).normal
        self.reg = reg
        self.params = {"W1": draw(0.0, weight_scale, (input_dim, hidden_dim)), "b1": np.zeros(hidden_dim)}
        self.params.update(W2=draw(0.0, weight_scale, (hidden_dim, num_classes)), b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        net = Sequence(Flatten(), Linear(W1), Shift(b1), Gate(), Linear(W2), Shift(b2))
        scores = net(X)
        if y is None:
            return scores
        end = CrossEntropy(y)
        total = end(scores)
        net.back(end.back(1.0))
        grads = dict(zip(("W1", "b1", "W2", "b2"), net.slopes))
        for name, W in (("W1", W1), ("W2", W2)):
            total = total + self.reg / 2 * np.linalg.norm(W) ** 2
            grads[name] = grads[name] + self.reg * W
        return total, grads
