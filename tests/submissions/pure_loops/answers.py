import math
import random


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        it.iternext()
    return grad


def affine_forward(x, w, b):
    N = x.shape[0]
    D, M = w.shape
    flat = x.reshape(N, D)
    out = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            total = 0.0
            for d in range(D):
                total += flat[n, d] * w[d, m]
            out[n, m] = total + b[m]
    return out, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    D, M = w.shape
    flat = x.reshape(N, D)
    dx = np.zeros((N, D))
    dw = np.zeros((D, M))
    db = np.zeros(M)
    for n in range(N):
        for m in range(M):
            db[m] += dout[n, m]
            for d in range(D):
                dx[n, d] += dout[n, m] * w[d, m]
                dw[d, m] += dout[n, m] * flat[n, d]
    return dx.reshape(x.shape), dw, db


def relu_forward(x):
    out = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            out[index] = x[index]
    return out, x


def relu_backward(dout, cache):
    dx = np.zeros(dout.shape)
    for index in np.ndindex(*dout.shape):
        if cache[index] > 0:
            dx[index] = dout[index]
    return dx


def softmax_loss(x, y):
    loss = 0.0
    dx = np.zeros(x.shape)
    num_train, num_classes = x.shape
    for i in range(num_train):
        largest = max(x[i])
        exps = [math.exp(s - largest) for s in x[i]]
        total = sum(exps)
        loss += math.log(total) - (x[i][y[i]] - largest)
        for j in range(num_classes):
            dx[i, j] = exps[j] / total
            if j == y[i]:
                dx[i, j] -= 1
    return loss / num_train, dx / num_train


def svm_loss(x, y):
    loss = 0.0
    dx = np.zeros(x.shape)
    num_train, num_classes = x.shape
    for i in range(num_train):
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = x[i, j] - x[i, y[i]] + 1
            if margin > 0:
                loss += margin
                dx[i, j] += 1
                dx[i, y[i]] -= 1
    return loss / num_train, dx / num_train


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    if "learning_rate" not in config:
        config["learning_rate"] = 1e-2
    next_w = np.zeros(w.shape)
    for index in np.ndindex(*w.shape):
        next_w[index] = w[index] - config["learning_rate"] * dw[index]
    return next_w, config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": np.array([[random.gauss(0, weight_scale) for _ in range(hidden_dim)] for _ in range(input_dim)]),
            "b1": np.array([0.0] * hidden_dim),
            "W2": np.array([[random.gauss(0, weight_scale) for _ in range(num_classes)] for _ in range(hidden_dim)]),
            "b2": np.array([0.0] * num_classes),
        }

    def loss(self, X, y=None):
        a, cache1 = affine_forward(X, self.params["W1"], self.params["b1"])
        h, cache2 = relu_forward(a)
        scores, cache3 = affine_forward(h, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        for name in ["W1", "W2"]:
            for row in self.params[name]:
                for value in row:
                    loss += 0.5 * self.reg * value * value
        grads = {}
        dh, grads["W2"], grads["b2"] = affine_backward(dscores, cache3)
        da = relu_backward(dh, cache2)
        dX, grads["W1"], grads["b1"] = affine_backward(da, cache1)
        for name in ["W1", "W2"]:
            for i in range(len(grads[name])):
                for j in range(len(grads[name][i])):
                    grads[name][i][j] += self.reg * self.params[name][i][j]
        return loss, grads
