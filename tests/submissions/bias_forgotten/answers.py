def affine_forward(x, w, b):
    reshaped_x = np.reshape(x, (x.shape[0], -1))
    out = np.matmul(reshaped_x, w)
    cache = (x, w, b)
    return out, cache
