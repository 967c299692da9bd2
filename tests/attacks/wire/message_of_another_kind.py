"""Raises an exception whose text is a text of its own kind, which cannot be cut."""


class Text(str):
    def __getitem__(self, key):
        return [key] * 1000

    def encode(self, *how):
        return b"\xff" * 1_000_000


class Strange(Exception):
    def __str__(self):
        return Text("x")


def relu_forward(x):
    raise Strange
