"""What one answer may change in its child for all that come after it, put back before each case.

Settings are as before anything was loaded, names of modules as after it: what a file gives NumPy
when it is loaded stays.
"""

from __future__ import annotations

import decimal
import gc
import os
import sys
import types
import warnings
from typing import Any

import numpy as np

from grader.sandbox.process_state import PATCHABLE_MODULES


class Baseline:
    """The state of a child's process, taken before student code is loaded."""

    def __init__(self) -> None:
        self._errors, self._handler = np.geterr(), np.geterrcall()
        self._printing: Any = np.get_printoptions()
        self._buffer = np.getbufsize()
        self._filters = list(warnings.filters)
        self._environment, self._variables = dict(os.environ), dict(_variables())
        self._threshold = gc.get_threshold()
        self._places = sys.path, list(sys.path)
        self._finders = sys.meta_path, list(sys.meta_path)
        self._streams = sys.stdout, sys.stderr
        self._digits = sys.get_int_max_str_digits()
        self._deepest = sys.getrecursionlimit()
        self._switching = sys.getswitchinterval()
        self._modules: dict[str, types.ModuleType] = {}
        self._names: list[tuple[dict[str, Any], dict[str, Any], list[Any]]] = []
        self._put_back = _putters()

    def take_names(self, *more: types.ModuleType) -> None:
        """Take what is bound in modules that student code may alter, those in ``more`` too."""
        self._modules = dict(sys.modules)
        self._finders = sys.meta_path, list(sys.meta_path)
        names = [(module.__dict__, dict(module.__dict__)) for module in (*PATCHABLE_MODULES, *more)]
        self._names = [(now, before, list(before.values())) for now, before in names]

    def put_back(self) -> None:
        """Make the process as it was."""
        for now, before, values in self._names:
            if not _are(now, values):
                for name in now.keys() - before.keys():
                    del now[name]
                now.update(before)
        sys.modules.update(self._modules)
        sys.path, sys.path[:] = self._places[0], self._places[1]
        sys.meta_path, sys.meta_path[:] = self._finders[0], self._finders[1]
        sys.stdout, sys.stderr = self._streams
        put = self._put_back
        put.seterr(**self._errors)
        put.seterrcall(self._handler)
        put.set_printoptions(**self._printing)
        put.setbufsize(self._buffer)
        if warnings.filters != self._filters:
            warnings.filters[:] = self._filters  # type: ignore[index]  # a list, whatever its stub says
            warnings._filters_mutated()  # type: ignore[attr-defined]
        if _variables() != self._variables:
            os.environ.clear()
            os.environ.update(self._environment)
        decimal.setcontext(decimal.DefaultContext.copy())
        gc.set_threshold(*self._threshold)
        gc.enable()
        put.settrace(None)
        put.setprofile(None)
        put.setrecursionlimit(self._deepest)
        put.setswitchinterval(self._switching)
        put.set_int_max_str_digits(self._digits)


def _are(now: dict[str, Any], values: list[Any]) -> bool:
    """Whether a module's names are bound to the same objects: those are compared by identity first."""
    try:
        return bool(list(now.values()) == values)
    except BaseException:  # others are asked whether they are equal, and may be anything
        return False


def _variables() -> Any:
    """The environment as the system has it: decoding it takes longer than all else."""
    return os.environ._data  # type: ignore[attr-defined]


def _putters() -> types.SimpleNamespace:
    """The functions that set, by name: held, since a student's code may bind their names anew."""
    of_numpy = ("seterr", "seterrcall", "set_printoptions", "setbufsize")
    of_python = ("settrace", "setprofile", "setrecursionlimit", "setswitchinterval", "set_int_max_str_digits")
    functions = {name: getattr(np, name) for name in of_numpy}
    return types.SimpleNamespace(**functions, **{name: getattr(sys, name) for name in of_python})
