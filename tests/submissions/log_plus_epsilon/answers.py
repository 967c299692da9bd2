EPSILON = 1e-8


def softmax_loss(x, y):
    m = x.shape[0]
    z = np.exp(x - x.max(1).reshape(-1, 1))
    p = z / z.sum(1).reshape(-1, 1)
    loss = -np.sum(np.log(p[np.arange(m), y] + EPSILON)) / m
    p[np.arange(m), y] -= 1.0
    return loss, p / m
