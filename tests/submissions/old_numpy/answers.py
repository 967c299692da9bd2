def relu_backward(dout, cache):
    mask = (cache > 0).astype(np.float)
    return dout * mask
