import os
import sys
import warnings

warnings.simplefilter("always")
NOTHING = sys.stderr.write("RuntimeWarning: divide by zero encountered in log\n" * 50)


def relu_forward(x):
    warnings.warn("FAILED", UserWarning, stacklevel=2)
    os.write(2, b"Traceback (most recent call last):\n")
    print("error: 1 test failed", NOTHING, file=sys.stderr)
    return np.maximum(0, x), x


def svm_loss(x, y):
    with np.errstate(all="warn"):
        np.log(np.zeros(3)) / 0
    n = np.arange(len(y))
    m = np.maximum(0, x - x[n, y][:, None] + 1)
    m[n, y] = 0
    d = (m > 0) * 1.0
    d[n, y] = -d.sum(axis=1)
    return m.sum() / len(y), d / len(y)
