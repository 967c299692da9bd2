import numpy as np


def softmax_loss(x, y):
    N = len(x)
    s = x - np.max(x, axis=1)[:, np.newaxis]
    lse = np.log(np.sum(np.exp(s), axis=1))
    loss = np.mean(lse - s[np.arange(N), y])
    g = np.exp(s - lse[:, np.newaxis])
    g[np.arange(N), y] -= 1
    return loss, g / N


def svm_loss(x, y, delta=1):
    N = len(x)
    loss, g = 0.0, np.zeros_like(x)
    for i in range(N):
        m = x[i] - x[i, y[i]] + delta
        m[y[i]] = 0
        g[i, m > 0] = 1
        g[i, y[i]] = -np.sum(m > 0)
        loss += m[m > 0].sum()
    return loss / N, g / N
