def softmax_loss(x, y):
    N = x.shape[0]
    x -= np.max(x, axis=1, keepdims=True)
    logp = x - np.log(np.sum(np.exp(x), axis=1, keepdims=True))
    loss = -np.sum(logp[np.arange(N), y]) / N
    dx = np.exp(logp)
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
