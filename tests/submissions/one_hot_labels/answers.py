def one_hot(y, C):
    Y = np.zeros((y.size, C), dtype=np.float32)
    Y[np.arange(y.size), y] = 1
    return Y


def softmax_loss(x, y):
    N, C = x.shape
    T = one_hot(y, C)
    x = x - np.max(x, axis=-1, keepdims=True)
    logp = x - np.log(np.sum(np.exp(x), axis=-1, keepdims=True))
    loss = -np.sum(T * logp) / N
    dx = (np.exp(logp) - T) / N
    return loss, dx


def svm_loss(x, y):
    N, C = x.shape
    T = one_hot(y, C)
    s = np.sum(T * x, axis=1, keepdims=True)
    M = np.maximum(0, x - s + 1) - T
    loss = M.sum() / N
    V = (M > 0).astype(x.dtype)
    return loss, (V - T * V.sum(axis=1, keepdims=True)) / N
