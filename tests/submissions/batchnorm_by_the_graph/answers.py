def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dbeta, dgamma = dout.sum(0), (x_hat * dout).sum(0)
    dx_hat = gamma * dout
    centred = x_hat * std
    dvar = (dx_hat * centred * -0.5 * std**-3).sum(0)
    dmean = -(dx_hat / std).sum(0) - 2 * dvar * centred.mean(0)
    return dx_hat / std + dvar * 2 * centred / N + dmean / N, dgamma, dbeta
