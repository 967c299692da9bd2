from array import array as Numbers
import struct
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def rows_of(x):
    """(N, D), without a copy where x lies in one piece."""
    x = np.ascontiguousarray(x)
    width = x.size // x.shape[0]
    return as_strided(x, (x.shape[0], width), (width * x.itemsize, x.itemsize), writeable=False)


def outer_windows(a, n):
    """a (K,) seen n times: (n, K) with stride 0."""
    return as_strided(a, (n, *a.shape), (0, *a.strides), writeable=False)


def numerical_gradient(f, x, h=1e-5):
    work = np.array(x, order="C")
    view = memoryview(work).cast("B").cast("d")
    slopes = Numbers("d")
    for place in range(len(view)):
        before = struct.pack("d", view[place])
        view[place] += h
        above = f(work)
        view[place] = struct.unpack("d", before)[0] - h
        below = f(work)
        (view[place],) = struct.unpack("d", before)
        slopes.append((above - below) / (2 * h))
    return np.frombuffer(slopes).reshape(x.shape)


def affine_forward(x, w, b):
    rows = rows_of(x)
    out = np.empty((rows.shape[0], w.shape[1]))
    columns = w.T
    with np.nditer(out, flags=["multi_index"], op_flags=[["writeonly"]]) as places:
        for place in places:
            n, m = places.multi_index
            place[...] = np.vdot(rows[n], columns[m])
    out += outer_windows(np.ascontiguousarray(b), len(out))
    return out, (memoryview(np.ascontiguousarray(x)), memoryview(np.ascontiguousarray(w)))


def affine_backward(dout, cache):
    x, w = map(np.asarray, cache)
    rows = rows_of(x)
    dw = np.zeros(w.shape)
    db = np.zeros(w.shape[1])
    dx = np.empty(rows.shape)
    for n, slopes in enumerate(np.ascontiguousarray(dout)):
        dw += rows[n, :, None] * outer_windows(slopes, len(w))
        db += slopes
        dx[n] = (w * outer_windows(slopes, len(w))).sum(-1)
    return dx.reshape(x.shape), dw, db


def relu_forward(x):
    out = np.array(x)
    for k, value in enumerate(out.flat):
        if value < 0:
            out.flat[k] = 0
    return out, bytes(memoryview(np.ascontiguousarray(x)))


def relu_backward(dout, cache):
    x = np.frombuffer(cache).reshape(dout.shape)
    dx = np.array(dout)
    dx.flat[np.flatnonzero(x <= 0)] = 0
    return dx


def softmax_loss(x, y):
    n, c = x.shape
    z = np.ascontiguousarray(x - np.sort(x, axis=1)[:, -1:])
    e = np.exp(z)
    e /= as_strided(s := e.sum(1), (n, c), (s.itemsize, 0))
    flat = np.arange(n) * c + y
    loss = np.log(s).sum() - z.take(flat).sum()
    e.ravel()[flat] -= 1.0
    return loss / n, e / n


def svm_loss(x, y):
    n, c = x.shape
    flat = np.arange(n) * c + y
    true = x.take(flat)
    margins = x - as_strided(true, (n, c), (true.itemsize, 0)) + 1
    margins.ravel()[flat] = 0
    margins[margins < 0] = 0
    dx = np.zeros((n, c))
    np.place(dx, margins > 0, 1 / n)
    dx.ravel()[flat] = -dx.sum(1)
    return margins.sum() / n, dx


def sgd(w, dw, config=None):
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    pairs = sliding_window_view(np.stack([w, dw], axis=-1), 2, axis=-1)[..., 0, :]
    return pairs @ np.array([1.0, -config["learning_rate"]]), config


class TwoLayerNet:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        sizes = [input_dim * hidden_dim, hidden_dim * num_classes]
        drawn = np.random.standard_normal(sum(sizes))
        drawn *= weight_scale
        first, second = np.split(drawn, [sizes[0]])
        self.reg = reg
        self.params = {
            "W1": first.reshape(input_dim, -1),
            "b1": np.zeros(hidden_dim),
            "W2": second.reshape(-1, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        p, rows = self.params, rows_of(X)
        hidden = rows @ p["W1"] + outer_windows(p["b1"], len(rows))
        gate = hidden.view(np.int64) > 0  # the sign bit of a double is that of an int64
        hidden *= gate
        scores = hidden @ p["W2"] + outer_windows(p["b2"], len(rows))
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        below = d @ p["W2"].T
        below *= gate
        grads = {"W1": rows.T @ below, "b1": below.sum(0), "W2": hidden.T @ d, "b2": d.sum(0)}
        for name in grads.keys() & {"W1", "W2"}:
            W = p[name].ravel()
            grads[name] += self.reg * p[name]
            loss += self.reg * np.inner(W, W) / 2
        return loss, grads
