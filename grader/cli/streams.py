"""Standard streams that may be closed or broken: what a command says is never worth its run."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO


def prepare() -> None:
    """Open what the caller closed (``2>&-``): else the next file that is opened would be taken for it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def say(text: str) -> None:
    """Print a line of a command's result; nobody may be listening any more (``| head -1``)."""
    try:
        print(text, flush=True)
    except (OSError, ValueError):
        _silence("stdout")


def remark(text: str) -> None:
    """Print a line of progress on stderr, where somebody listens."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _silence("stderr")


def finish() -> None:
    """Flush what is left, so that the interpreter does not complain of a broken stream as it ends."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            _silence(name)


def _nowhere() -> TextIO:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _silence(name: str) -> None:
    """From now on nothing is written there, and nothing is left to be flushed."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), getattr(sys, name).fileno())
    with contextlib.suppress(OSError, ValueError):
        getattr(sys, name).flush()
