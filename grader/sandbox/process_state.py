"""What an answer may leave behind in a process that is not its own, and how it is put back."""

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

PATCHABLE_MODULES: tuple[ModuleType, ...] = (
    builtins,
    copy,
    functools,
    itertools,
    math,
    operator,
    os,
    random,
    warnings,
    np,
    np.fft,
    np.linalg,
    np.random,
)
"""Modules whose names student code may have bound to something else."""


@contextmanager
def preserve_process_state() -> Iterator[None]:
    """Leave the caller's process as it was: settings, random generators, names of builtins and of NumPy."""
    errors, handler, printing = np.geterr(), np.geterrcall(), np.get_printoptions()
    filters, deepest = list(warnings.filters), sys.getrecursionlimit()
    tracing, profiling = sys.gettrace(), sys.getprofile()  # a debugger's, or a measurement of coverage
    collecting, threshold = gc.isenabled(), gc.get_threshold()
    state, numpy_state = random.getstate(), np.random.get_state()
    names = [(module.__dict__, dict(module.__dict__)) for module in PATCHABLE_MODULES]
    modules, environment = dict(sys.modules), dict(os.environ)
    places, finders = sys.path, sys.meta_path
    meta_path, finding = list(places), list(finders)
    namespace, intact = builtins.__dict__, dict(builtins.__dict__)
    try:
        yield
    finally:
        namespace.update(intact)  # first, and with a method: no function can be relied on before it
        for now, before in names:
            if len(now) != len(before) or any(now.get(key) is not value for key, value in before.items()):
                for key in now.keys() - before.keys():
                    del now[key]
                now.update(before)
        sys.modules.update(modules)
        sys.path, sys.meta_path = places, finders
        sys.path[:], sys.meta_path[:] = meta_path, finding
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        np.seterr(**errors)
        np.seterrcall(handler)
        np.set_printoptions(**printing)
        if warnings.filters != filters:
            warnings.filters[:] = filters  # type: ignore[index]  # a list, whatever its stub says
            warnings._filters_mutated()  # type: ignore[attr-defined]
        sys.setrecursionlimit(deepest)
        sys.settrace(tracing)
        sys.setprofile(profiling)
        gc.set_threshold(*threshold)
        (gc.enable if collecting else gc.disable)()
        random.setstate(state)
        np.random.set_state(numpy_state)
