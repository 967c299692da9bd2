def softmax_loss(x, y):
    log_z = np.logaddexp.reduce(x, axis=1)
    i = np.arange(len(x))
    loss = np.mean(log_z - x[i, y])
    dx = np.exp(x - log_z[:, None])
    dx[i, y] -= 1
    return loss, dx / len(x)


def svm_loss(x, y):
    i = np.arange(len(x))
    margins = (x.T - x[i, y] + 1.0).T
    margins[i, y] = 0
    over = np.where(margins > 0, 1.0, 0.0)
    dx = over
    dx[i, y] = -np.count_nonzero(over, axis=1)
    return np.mean(np.sum(np.maximum(margins, 0), axis=1)), dx / len(x)
