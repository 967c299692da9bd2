def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros_like(x)
    for i in xrange(N):
        for j in xrange(C):
            m = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and m > 0:
                loss += m / N
                dx[i, j] += 1.0 / N
                dx[i, y[i]] -= 1.0 / N
    return loss, dx
