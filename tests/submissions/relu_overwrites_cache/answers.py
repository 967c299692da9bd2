def relu_backward(dout, cache):
    x = cache
    x[x > 0] = 1
    x[x <= 0] = 0
    dx = x * dout
    return dx
