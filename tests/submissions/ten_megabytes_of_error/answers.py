class Nasty(Exception):
    def __str__(self):
        raise RuntimeError("no text for you")

    __repr__ = __str__


def affine_forward(x, w, b):
    raise ValueError("shapes do not match! " * 500_000)


def relu_forward(x):
    raise Nasty
