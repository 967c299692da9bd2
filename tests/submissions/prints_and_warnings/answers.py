import logging
import sys
import warnings

logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger("net")


def numerical_gradient(f, x, h=1e-5):
    print("x =", x)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + h
        hi = f(x)
        x[i] = old - h
        lo = f(x)
        x[i] = old
        grad[i] = (hi - lo) / 2 / h
        print(i, hi, lo, grad[i])
    return grad


def affine_forward(x, w, b):
    print("affine_forward", x.shape, w.shape, b.shape)
    warnings.warn("this is slow", RuntimeWarning)
    out = x.reshape(x.shape[0], -1).dot(w) + b
    print(out)
    return out, (x, w, b)


def affine_backward(dout, cache):
    print("affine_backward", dout.shape, file=sys.stderr)
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(0)
    return dx, dw, db


def relu_forward(x):
    sys.stdout.write("relu forward\n")
    sys.stdout.flush()
    np.log(np.maximum(x, 0) - 1)  # was this useful?
    return np.maximum(x, 0), x


def relu_backward(dout, cache):
    log.warning("relu backward")
    sys.stderr.write("oops? " * 10)
    return dout * (cache > 0)


def softmax_loss(x, y):
    N = len(y)
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    print("min prob", p.min(), "log of all:", np.log(p).mean())
    loss = -np.log(p[np.arange(N), y]).mean()
    print("loss is now: %f" % loss)
    p[np.arange(N), y] -= 1
    return loss, p / N


def svm_loss(x, y):
    warnings.warn("deprecated", DeprecationWarning)
    N = len(y)
    junk = np.array([1.0]) / np.array([0.0])
    print("junk", junk)
    margins = np.maximum(0, x - x[np.arange(N), y].reshape(N, 1) + 1)
    margins[np.arange(N), y] = 0
    d = (margins > 0).astype(float)
    d[np.arange(N), y] -= d.sum(axis=1)
    return margins.sum() / N, d / N


def sgd(w, dw, config=None):
    print("step", end=" ")
    if config is None:
        print("no config given!")
        config = {}
    config.setdefault("learning_rate", 0.01)
    return w - config["learning_rate"] * dw, config
