"""Folders of other people's code in a submission: environments, installed packages, data. They are not read.

An environment is known by what makes it one, whatever it is called. Only its own folders are left out: a
student may have made it in the folder of the answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

_PACKAGES = frozenset(
    {"site-packages", "dist-packages", "node_modules", "conda-meta", "__pypackages__", "venv"}
)
_SET_ASIDE = frozenset({"datasets", "build"})
_MARKS = ("pyvenv.cfg", "conda-meta/")
_OF_AN_ENVIRONMENT = frozenset(
    {
        *("bin", "compiler_compat", "conda-meta", "dlls", "doc", "etc", "include", "lib", "lib64", "libexec"),
        *(
            "libs",
            "library",
            "man",
            "pkgs",
            "scripts",
            "share",
            "shell",
            "sbin",
            "ssl",
            "tcl",
            "tools",
            "var",
        ),
    }
)
_LIBRARIES = frozenset({"lib", "lib64"})
_PYTHON = re.compile(r"python\d(?:\.\d+)?t?", re.I)

_HINT = re.compile(
    r"(?:site-packages|dist-packages|node_modules|conda-meta|__pypackages__|venv|datasets|build)/"
    r"|lib(?:64)?/python\d",
    re.I,
)
"""What every name has that the folders' names alone tell: most names have nothing of it."""

FolderReason = Literal["environment", "set aside"]


class Environments:
    """The environments among the names of a folder or an archive."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """``names``: all there are, where they are known before the first of them is read."""
        self.roots: set[str] = set()
        for name in names:
            if any(mark in name for mark in _MARKS):
                self.note(name)

    def note(self, name: str) -> None:
        """Remember where an environment is, if this name says so."""
        parts = name.split("/")
        if parts[-1] == "pyvenv.cfg":
            self.roots.add("/".join(parts[:-1]))
        elif "conda-meta" in parts[:-1]:
            self.roots.add("/".join(parts[: parts.index("conda-meta")]))

    def folder_of(self, name: str) -> tuple[str, FolderReason] | None:
        """The folder that is left out and holds ``name`` (or is it, where it ends in ``/``), and why."""
        if not self.roots and _HINT.search(name) is None:
            return None
        parts = name.split("/")[:-1]
        for place, part in enumerate(parts):
            if part in _SET_ASIDE:
                return "/".join(parts[: place + 1]), "set aside"
            after_library = place > 0 and parts[place - 1].lower() in _LIBRARIES
            if part in _PACKAGES or (after_library and _PYTHON.fullmatch(part)):
                return _environment(parts, place), "environment"
            if part.lower() in _OF_AN_ENVIRONMENT and "/".join(parts[:place]) in self.roots:
                return "/".join(parts[:place]) or part, "environment"
        return None


def _environment(parts: list[str], place: int) -> str:
    """The environment's own folder: ``hw/env`` of ``hw/env/lib/python3.11/site-packages``."""
    end = place
    while end and (parts[end - 1].lower() in _LIBRARIES or _PYTHON.fullmatch(parts[end - 1])):
        end -= 1
    if end == place:
        return "/".join(parts[: place + 1])
    return "/".join(parts[:end]) or parts[0]
