def svm_loss(x, y):
    N = x.shape[0]
    margins = x - x[np.arange(N), y].reshape(-1, 1) + 1
    margins[np.arange(N), y] = 0
    margins = np.maximum(margins, 0)
    loss = np.sum(margins) / N
    dx = np.zeros(x.shape)
    dx[margins > 0] = 1
    return loss, dx / N
