"""Modules loaded from memory, and placeholders for what is not there. Used inside the child only."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any


class Placeholder(types.ModuleType):
    """Stands for a module that is not there: importing it works, using it says so."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _Unavailable(f"{self.__name__}.{name}")


class _Unavailable:
    """A name taken from a placeholder: fails when it is used, not when it is imported."""

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _Unavailable(f"{object.__getattribute__(self, '_name')}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise ImportError(f"{object.__getattribute__(self, '_name')} is not available during grading")


class MemoryFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves a submission's own files; everything that was not loaded before is a placeholder."""

    def __init__(self, sources: Mapping[str, tuple[str, bool]], secret: bool = False) -> None:
        self.sources = dict(sources)
        self.secret = secret

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of one of the submission's modules, or of a placeholder."""
        package = self.sources.get(fullname, ("", False))[1]
        return ModuleSpec(fullname, self, origin=f"<{fullname}>", is_package=package)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """None (Python's own kind of module) for a file of the submission, else a placeholder."""
        if spec.name in self.sources:
            return None
        module = Placeholder(spec.name)
        module.__path__ = []  # so that `import absent.part` finds a placeholder too
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the source of a served module in it."""
        name = module.__name__
        if name not in self.sources:
            return
        source, package = self.sources[name]
        module.__dict__["__builtins__"] = sys.modules["builtins"].__dict__
        if self.secret:  # the text is not kept where a student's code could look it up
            self.sources[name] = "", package
            code = compile(source, f"<{name}>", "exec", dont_inherit=True)
            del source
        else:
            code = compile_named(source, f"<{name}>")
        exec(code, module.__dict__)


def copy_of_builtins() -> types.ModuleType:
    """Builtins for student code: patching ``abs`` in them breaks nobody else."""
    copy = types.ModuleType("builtins")
    copy.__dict__.update(builtins.__dict__)
    return copy


def compile_named(source: str, filename: str) -> types.CodeType:
    """Compile, and remember the text."""
    remember(source, filename)
    return compile(source, filename, "exec", dont_inherit=True)


def remember(source: str, filename: str) -> None:
    """Let tracebacks and ``inspect.getsource`` find a text that is in no file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def serve(sources: Mapping[str, tuple[str, bool]], secret: bool = False) -> None:
    """From now on imports find these modules, and nothing on disk: for good, in this process.

    Of ``secret`` ones the text is forgotten once it is compiled.
    """
    keep = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)
    for name in sources:  # a submission's own `layers` wins over anything that is loaded already
        if name.partition(".")[0] not in {"numpy", "sys", "builtins", "grader"}:
            sys.modules.pop(name, None)
    sys.meta_path[:] = [*keep, MemoryFinder(sources, secret)]
