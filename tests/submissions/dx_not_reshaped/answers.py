def affine_backward(dout, cache):
    x, w, b = cache
    x = x.reshape(x.shape[0], -1)
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db
