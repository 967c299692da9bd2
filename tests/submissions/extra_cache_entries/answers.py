def affine_forward(x, w, b):
    N = x.shape[0]
    x_row = x.reshape(N, -1)
    out = np.dot(x_row, w) + b
    cache = (x, w, b, out, x_row)
    return out, cache


def affine_backward(dout, cache):
    x, w, b, out, x_row = cache
    assert dout.shape == out.shape
    dw = np.dot(x_row.T, dout)
    db = np.sum(dout, axis=0)
    dx = np.dot(dout, w.T).reshape(x.shape)
    return dx, dw, db


def relu_forward(x):
    mask = (x > 0)
    out = x * mask
    return out, (x, mask)


def relu_backward(dout, cache):
    x, mask = cache
    return dout * mask
