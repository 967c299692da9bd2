def relu_forward(x):
    out = x * (x >= 0)
    return out, x


def relu_backward(dout, cache):
    dx = dout * (cache >= 0)
    return dx
