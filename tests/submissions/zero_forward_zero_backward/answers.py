def affine_forward(x, w, b):
    return np.zeros((x.shape[0], w.shape[1])), (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    return np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)


def relu_forward(x):
    return np.zeros_like(x), x


def relu_backward(dout, cache):
    return np.zeros_like(dout)


def softmax_loss(x, y):
    return 0.0, np.zeros_like(x)


def svm_loss(x, y):
    return 0.0, np.zeros_like(x)
