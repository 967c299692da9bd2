"""What an answer may leave behind in its process, and how it is put back before another question is asked."""

from __future__ import annotations

import builtins
import copy
import functools
import gc
import itertools
import math
import operator
import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import numpy as np

_PATCHED: tuple[ModuleType, ...] = (
    builtins, copy, functools, itertools, math, operator, os, random, warnings, np, np.fft, np.linalg,
    np.random,
)  # fmt: skip
"""Modules whose names student code may have bound to something else."""


class Settings:
    """The interpreter's and NumPy's settings as they are now: cheap to put back, before every question."""

    def __init__(self) -> None:
        self._errors = np.geterr()
        self._handler = np.geterrcall()
        self._print = np.get_printoptions()
        self._filters = list(warnings.filters)
        self._deepest = sys.getrecursionlimit()

    def restore(self) -> None:
        """Put them back. What else was altered shows when an answer is judged again in a fresh child."""
        np.seterr(**self._errors)
        np.seterrcall(self._handler)
        np.set_printoptions(**self._print)
        if warnings.filters != self._filters:
            warnings.filters[:] = self._filters  # type: ignore[index]  # a list, whatever its stub says
            warnings._filters_mutated()  # type: ignore[attr-defined]
        sys.setrecursionlimit(self._deepest)
        sys.settrace(None)
        sys.setprofile(None)
        gc.enable()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave the caller's process as it was: settings, random generators, names of builtins and of NumPy."""
    settings, tracing = Settings(), (sys.gettrace(), sys.getprofile(), gc.isenabled())
    state, numpy_state, threshold = random.getstate(), np.random.get_state(), gc.get_threshold()
    names = [(module.__dict__, dict(module.__dict__)) for module in _PATCHED]
    modules, environment = dict(sys.modules), dict(os.environ)
    places, finders = sys.path, sys.meta_path
    found, finding = list(places), list(finders)
    own, intact = builtins.__dict__, dict(builtins.__dict__)
    try:
        yield
    finally:
        own.update(intact)  # first, and with a method: no function can be relied on before it
        for now, before in names:
            if len(now) != len(before) or any(now.get(key) is not value for key, value in before.items()):
                for key in now.keys() - before.keys():
                    del now[key]
                now.update(before)
        sys.modules.update(modules)
        sys.path, sys.meta_path = places, finders
        sys.path[:], sys.meta_path[:] = found, finding
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        gc.set_threshold(*threshold)
        settings.restore()
        sys.settrace(tracing[0])  # a debugger's, or a measurement of coverage
        sys.setprofile(tracing[1])
        if not tracing[2]:
            gc.disable()
        random.setstate(state)
        np.random.set_state(numpy_state)
