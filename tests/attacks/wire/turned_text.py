"""Raises an exception whose text reads backwards, or hides the rest of the page."""


def relu_forward(x):
    raise ValueError("\u202e" + "dessap" + "\u2066\u2069\u200b<script>alert(1)</script>")
