import math


def affine_forward(x, w, b):
    N, D, M = x.shape[0], w.shape[0], w.shape[1]
    flat = [list(map(float, x[n].ravel())) for n in range(N)]
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            s = float(b[m])
            d = 0
            while d < D:
                s += flat[n][d] * float(w[d, m])
                d += 1
            out[n, m] = s
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    N, D, M = x.shape[0], w.shape[0], w.shape[1]
    flat = x.reshape(N, D)
    dx, dw, db = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    for m in range(M):
        for n in range(N):
            slope = dout[n, m]
            db[m] += slope
            for d in range(D):
                dx[n, d] += slope * w[d, m]
                dw[d, m] += slope * flat[n, d]
    return dx.reshape(x.shape), dw, db


def relu_forward(x):
    out = np.zeros(x.shape)
    for place, value in np.ndenumerate(x):
        if value > 0:
            out[place] = value
    return out, x


def relu_backward(dout, cache):
    dx = np.zeros(dout.shape)
    it = np.nditer(cache, flags=["multi_index"])
    while not it.finished:
        dx[it.multi_index] = dout[it.multi_index] if it[0] > 0 else 0.0
        it.iternext()
    return dx


def softmax_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for i in range(N):
        largest = x[i, 0]
        for j in range(1, C):
            if x[i, j] > largest:
                largest = x[i, j]
        total = 0.0
        for j in range(C):
            total += math.exp(x[i, j] - largest)
        loss += math.log(total) - float(x[i, y[i]] - largest)
        for j in range(C):
            dx[i, j] = math.exp(x[i, j] - largest) / total / N
        dx[i, y[i]] -= 1.0 / N
    return loss / N, dx


def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            margin = x[i, j] - x[i, y[i]] + 1
            if j == y[i] or margin <= 0:
                continue
            loss += margin / N
            dx[i, j] += 1 / N
            dx[i, y[i]] -= 1 / N
    return loss, dx


def _ready(config, w, settings, arrays):
    if config is None:
        config = {}
    for name in settings:
        if name not in config:
            config[name] = settings[name]
    for name in arrays:
        if name not in config:
            config[name] = np.zeros(w.shape)
    return config


def sgd(w, dw, config=None):
    config = _ready(config, w, {"learning_rate": 1e-2}, [])
    for place in np.ndindex(w.shape):
        w[place] -= config["learning_rate"] * dw[place]
    return w, config


def sgd_momentum(w, dw, config=None):
    config = _ready(config, w, {"learning_rate": 1e-2, "momentum": 0.9}, ["velocity"])
    next_w = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        v = config["momentum"] * config["velocity"][place] - config["learning_rate"] * dw[place]
        config["velocity"][place] = v
        next_w[place] = w[place] + v
    return next_w, config


def rmsprop(w, dw, config=None):
    config = _ready(config, w, {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}, ["cache"])
    next_w = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        r = config["decay_rate"] * config["cache"][place] + (1 - config["decay_rate"]) * dw[place] ** 2
        config["cache"][place] = r
        next_w[place] = w[place] - config["learning_rate"] * dw[place] / (math.sqrt(r) + config["epsilon"])
    return next_w, config


def adam(w, dw, config=None):
    settings = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    config = _ready(config, w, settings, ["m", "v"])
    config["t"] = config["t"] + 1
    power1 = power2 = 1.0
    for _ in range(config["t"]):
        power1 *= config["beta1"]
        power2 *= config["beta2"]
    next_w = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        g = dw[place]
        config["m"][place] = config["beta1"] * config["m"][place] + (1 - config["beta1"]) * g
        config["v"][place] = config["beta2"] * config["v"][place] + (1 - config["beta2"]) * g * g
        m_hat = config["m"][place] / (1 - power1)
        v_hat = config["v"][place] / (1 - power2)
        next_w[place] = w[place] - config["learning_rate"] * m_hat / (math.sqrt(v_hat) + config["epsilon"])
    return next_w, config


class FullyConnectedNet:
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10, dropout_keep_ratio=1, normalization=None,
                 reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.reg = reg
        self.dtype = dtype
        self.num_layers = len(hidden_dims) + 1
        self.params = {}
        before = input_dim
        for layer in range(1, self.num_layers + 1):
            if layer == self.num_layers:
                after = num_classes
            else:
                after = hidden_dims[layer - 1]
            W = np.zeros((before, after), dtype=dtype)
            for i in range(before):
                W[i] = np.random.normal(0, weight_scale, after)
            self.params["W" + str(layer)] = W
            self.params["b" + str(layer)] = np.zeros(after, dtype=dtype)
            before = after

    def loss(self, X, y=None):
        h = X.astype(self.dtype)
        affine_caches = {}
        relu_caches = {}
        for layer in range(1, self.num_layers + 1):
            h, affine_caches[layer] = affine_forward(h, self.params["W" + str(layer)], self.params["b" + str(layer)])
            if layer < self.num_layers:
                h, relu_caches[layer] = relu_forward(h)
        if y is None:
            return h
        loss, d = softmax_loss(h, y)
        grads = {}
        for layer in range(self.num_layers, 0, -1):
            if layer in relu_caches:
                d = relu_backward(d, relu_caches[layer])
            d, dW, db = affine_backward(d, affine_caches[layer])
            W = self.params["W" + str(layer)]
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    loss += 0.5 * self.reg * W[i, j] * W[i, j]
                    dW[i, j] += self.reg * W[i, j]
            grads["W" + str(layer)] = dW
            grads["b" + str(layer)] = db
        return loss, grads
