def softmax_loss(x, y):
    N, C = x.shape
    z = x - x.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    truth = np.zeros((N, C))
    truth[np.arange(N), y] = 1
    loss = -np.log(p[np.arange(N), y]).mean()
    dx = (truth - p) / N
    return loss, dx
