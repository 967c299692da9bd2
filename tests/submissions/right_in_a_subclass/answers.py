def affine_forward(x, w, b):
    X = np.asmatrix(x.reshape(x.shape[0], -1))
    out = X * np.asmatrix(w) + b
    return out.A, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    G = np.asmatrix(dout)
    dx = (G * w.T).A.reshape(x.shape)
    dw = np.asmatrix(x.reshape(x.shape[0], -1)).T * G
    return dx, dw.A, G.sum(axis=0).A1
