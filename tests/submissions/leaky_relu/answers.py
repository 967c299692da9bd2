LEAK = 0.01


def relu_forward(x):
    out = np.where(x > 0, x, LEAK * x)
    return out, x


def relu_backward(dout, cache):
    dx = np.where(cache > 0, dout, LEAK * dout)
    return dx
