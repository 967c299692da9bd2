def softmax_loss(x, y):
    N = x.shape[0]
    shifted = x - np.max(x, axis=1).reshape(N, 1)
    s = np.exp(shifted) / np.sum(np.exp(shifted), axis=1).reshape(N, 1)
    loss = 0
    for i in range(N):
        loss -= np.log(s[i, y[i]])
    loss /= N
    dx = s
    for i in range(N):
        dx[i, y[i]] -= 1
    return loss, dx
