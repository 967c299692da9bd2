"""What every notebook has and grading needs not: drawing, showing, the kernel. Used inside the child only.

A stand-in takes every call and attribute, and nothing comes of it. It is no number and no array: an answer
that computes with one is wrong.
"""

from __future__ import annotations

import types
from typing import Any

import numpy as np

_MAX_AXES = 400
"""Axes of one figure that are made."""


class Inert:
    """Takes every call and every attribute; iterating over it ends at once."""

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _part(f"{object.__getattribute__(self, '_name')}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing comes of a call."""
        return Inert(object.__getattribute__(self, "_name"))

    def __getitem__(self, key: Any) -> Any:
        return Inert(object.__getattribute__(self, "_name"))

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Any:
        return iter(())

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __repr__(self) -> str:
        return f"<{object.__getattribute__(self, '_name')}>"


class InertModule(types.ModuleType):
    """A module of a package that is stood in for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _part(f"{self.__name__}.{name}")


def _part(name: str) -> Any:
    """What a stand-in has under a name: what gives several things at once gives as many here."""
    match name.rpartition(".")[2]:
        case "subplots":
            return _subplots
        case "hist":
            return lambda *args, **kwargs: (np.zeros(0), np.zeros(0), Inert(name))
        case "get_ipython":
            return get_ipython
    return Inert(name)


def _subplots(nrows: int = 1, ncols: int = 1, *, squeeze: bool = True, **_: Any) -> tuple[Any, Any]:
    """A figure and its axes, in the shape that ``plt.subplots`` gives."""
    if nrows * ncols > _MAX_AXES:
        raise ValueError("too many axes")
    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(nrows, ncols):
        axes[place] = Inert("Axes")
    if not squeeze:
        return Inert("Figure"), axes
    return Inert("Figure"), axes.item() if axes.size == 1 else axes.squeeze()


def get_ipython() -> Inert:
    """The kernel's shell."""
    return Inert("get_ipython()")


def display(*objects: Any, **options: Any) -> None:
    """Show nothing."""


def check(question: str = "") -> Inert:
    """The course's own check, which is not needed where everything is."""
    return Inert("check")


IN_BUILTINS = {"display": display, "get_ipython": get_ipython, "__IPYTHON__": True}
"""What IPython puts where every module finds it."""


def in_the_main_module() -> dict[str, Any]:
    """What a notebook's first cell finds defined."""
    return {
        "In": [""],
        "Out": {},
        "_": "",
        "__": "",
        "___": "",
        "plt": InertModule("matplotlib.pyplot"),
    }
