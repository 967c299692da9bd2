def softmax_loss(x, y):
    N, C = x.shape
    x = x - np.max(x)
    e = np.exp(x)
    p = e / e.sum(axis=1).reshape(N, 1)
    loss = -np.log(p[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    return loss, p / N
