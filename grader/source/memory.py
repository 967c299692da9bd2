"""A submission's modules, loaded from memory as its cells are: statement by statement. For the child alone.

What is not there raises ImportError, as on a machine without it, so that `except ImportError` runs. A module
that is imported where that is awaited fails as a whole; any other keeps what its sound statements define.
"""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import linecache
import marshal
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from grader.source.cells import Text, cut_statement
from grader.source.imports import STOOD_IN_PACKAGES
from grader.source.stand_ins import IN_BUILTINS, InertModule
from grader.source.statements import compile_statement, execute, future_flags

_ELSEWHERE = frozenset({"msilib", "msvcrt", "nt", "winreg", "winsound"} if sys.platform != "win32" else ())
_STANDARD = frozenset(name for name in sys.stdlib_module_names - _ELSEWHERE if not name.startswith("_"))
"""Python's own modules, that are on every machine of this kind."""
_STOOD_IN = _STANDARD | STOOD_IN_PACKAGES
_CATCHES = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


class Placeholder(types.ModuleType):
    """Stands for a module of Python's own that is not loaded: importing it works, using it says so."""

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
    """Serves a submission's own files, and stand-ins; nothing else is found."""

    def __init__(self, sources: Mapping[str, tuple[str, bool]], secret: bool = False) -> None:
        self.sources = dict(sources)
        self.secret = secret
        self.failures: list[BaseException] = []
        """What failed in modules that were kept without it."""
        self._guards: dict[str, set[int]] = {}
        self._strict = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of one of the submission's modules, or of a stand-in; None for what is not there."""
        if fullname in self.sources:
            package = self.sources[fullname][1]
            return ModuleSpec(fullname, self, origin=f"<{fullname}>", is_package=package)
        if fullname.partition(".")[0] in _STOOD_IN:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """None (Python's own kind of module) for a file of the submission, else a stand-in."""
        if spec.name in self.sources:
            return None
        kind = InertModule if spec.name.partition(".")[0] in STOOD_IN_PACKAGES else Placeholder
        module = kind(spec.name)
        module.__path__ = []  # so that `import absent.part` finds one too
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the statements of a served module in it."""
        name = module.__name__
        if name not in self.sources:
            return
        (source, package), filename = self.sources[name], f"<{name}>"
        module.__dict__["__builtins__"] = sys.modules["builtins"].__dict__
        statements = _statements(source)
        if self.secret:  # the text is not kept where a student's code could look it up
            self.sources[name] = "", package
        else:
            remember(source, filename)
        del source
        outer = self._strict
        self._strict = outer or self._is_awaited()
        try:
            failures, _ = self.run(statements, filename, module.__dict__)
            if failures and self._strict:
                raise failures[0]
            self.failures += failures
        finally:
            self._strict = outer

    def run(
        self, statements: list[Text | bytes], filename: str, namespace: dict[str, Any], flags: int = 0
    ) -> tuple[list[BaseException], int]:
        """Run statements one by one; what failed, and the compiler flags that hold after them.

        All are compiled first, and ``statements`` emptied: code that runs finds no text in a frame.
        """
        failures: list[BaseException] = []
        codes: list[tuple[types.CodeType, list[types.CodeType]]] = []
        for number, statement in enumerate(statements):
            statements[number] = b""
            try:
                if isinstance(statement, bytes):
                    code: types.CodeType = marshal.loads(statement)
                    flags |= future_flags(code)
                    codes.append((code, []))
                    continue
                code, flags = compile_statement(statement, filename, flags)
                codes.append(
                    (code, [compile_statement(one, filename, flags)[0] for one in _split(statement)])
                )
                self._guards.setdefault(filename, set()).update(_guarded(statement))
            except BaseException as error:
                failures.append(error)
        statement = b""
        for code, parts in codes:
            failures += _run(code, parts, namespace)
            if failures and self._strict:
                break
        return failures, flags

    def _is_awaited(self) -> bool:
        """Whether the import that is being done stands where its failure is caught."""
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        return frame is not None and frame.f_lineno in self._guards.get(frame.f_code.co_filename, ())


def _statements(source: str) -> list[Text | bytes]:
    body = ast.parse(source).body
    lines = source.encode().split(b"\n")
    return [cut_statement(lines, body, position) for position in range(len(body))]


def _run(code: types.CodeType, parts: Sequence[types.CodeType], namespace: dict[str, Any]) -> list[Any]:
    """What fails in one statement; of an import of several names each is tried."""
    try:
        execute(code, namespace)
    except ImportError as error:
        return [failure for part in parts for failure in _run(part, (), namespace)] if parts else [error]
    except BaseException as error:
        return [error]
    return []


def _split(text: Text) -> list[Text]:
    """The imports of one name that an import of several consists of; nothing where it is none."""
    line, source = text
    if not source.startswith(("import", "from")) or "," not in source:
        return []
    (node,) = ast.parse(source).body
    parts: list[Text] = []
    for alias in node.names if isinstance(node, ast.Import | ast.ImportFrom) else ():
        one: ast.stmt = ast.Import([alias])
        if isinstance(node, ast.ImportFrom):
            if node.module == "__future__":
                return []
            one = ast.ImportFrom(node.module, [alias], node.level)
        parts.append((line, ast.unparse(one)))
    return parts


def _guarded(text: Text) -> Iterator[int]:
    """The lines of a statement on which a failing import would be caught."""
    line, source = text
    if "import" not in source or not ("except" in source or "suppress" in source):
        return
    for node in ast.walk(ast.parse(source)):
        catches = (
            any(map(_catches, node.handlers))
            if isinstance(node, ast.Try | ast.TryStar)
            else isinstance(node, ast.With) and any("suppress" in ast.dump(item) for item in node.items)
        )
        if catches and isinstance(node, ast.Try | ast.TryStar | ast.With):
            end = node.body[-1].end_lineno or node.body[-1].lineno
            yield from range(line - 1 + node.body[0].lineno, line + end)


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(n, ast.Name) and n.id in _CATCHES for n in ast.walk(handler.type))


def copy_of_builtins() -> types.ModuleType:
    """Builtins for student code: patching ``abs`` in them breaks nobody else."""
    copy = types.ModuleType("builtins")
    copy.__dict__.update(builtins.__dict__)
    copy.__dict__.update(IN_BUILTINS)
    return copy


def remember(source: str, filename: str) -> None:
    """Let tracebacks and ``inspect.getsource`` find a text that is in no file."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


def serve(sources: Mapping[str, tuple[str, bool]], secret: bool = False) -> MemoryFinder:
    """From now on imports find these modules, and nothing on disk: for good, in this process.

    Of ``secret`` ones the text is forgotten once it is compiled.
    """
    keep = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter)
    for name in sources:  # a submission's own `layers` wins over anything that is loaded already
        if name.partition(".")[0] not in {"numpy", "sys", "builtins", "grader"}:
            sys.modules.pop(name, None)
    finder = MemoryFinder(sources, secret)
    sys.meta_path[:] = [*keep, finder]
    return finder
