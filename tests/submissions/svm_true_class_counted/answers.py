def svm_loss(x, y):
    N = x.shape[0]
    margins = np.maximum(0, x - x[range(N), y][:, np.newaxis] + 1)
    loss = margins.sum() / N
    mask = (margins > 0).astype(float)
    mask[range(N), y] = 0
    mask[range(N), y] = -mask.sum(axis=1)
    return loss, mask / N
