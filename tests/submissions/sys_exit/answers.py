import sys

NAMES = ["W1", "b1"]
if len(NAMES) > 1:
    NAMES.append("W2")
    sys.exit("stopped: only run the cells above")


def numerical_gradient(f, x, h=1e-5):
    if not NAMES:
        return np.zeros_like(x)
    sys.exit(0)
