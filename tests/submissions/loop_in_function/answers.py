def relu_forward(x):
    out = x.copy()
    i = 0
    while i < out.size:
        if out.flat[i] < 0:
            out.flat[i] = 0
            i += 1
    return out, x
