"""Nothing that a child or a worker sent is unpickled: read in the syntax trees of the rooms that receive it.

``marshal`` goes from the grader to its children, never back (docs/decisions/0007): its readers are listed
here, and who calls them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "grader"
ROOMS = ("sandbox", "intake", "grading/executors")
WORKERS = ("grading/class_worker.py", "grading/stream.py", "cli/worker.py")
FILES = sorted(path for room in ROOMS for path in (GRADER / room).rglob("*.py"))
FILES += [GRADER / name for name in WORKERS]
FORBIDDEN = frozenset(
    "pickle pickletools _pickle shelve dbm dill cloudpickle joblib copyreg multiprocessing pebble".split()
)
"""Modules that make objects of bytes, or whose connections do (``multiprocessing.Connection.recv``)."""
READERS = {
    ("sandbox/messages.py", "unpack_load"),
    ("sandbox/messages.py", "unpack_program"),
    ("sandbox/requests.py", "decode_request"),
    ("source/memory.py", "run"),
}
"""Where ``marshal`` reads: what the grader sent, in the child."""
CALLERS = {
    "unpack_load": {("sandbox/child.py", "serve_requests")},
    "unpack_program": {("sandbox/child.py", "serve_requests"), ("sandbox/child.py", "_effort")},
    "decode_request": {("sandbox/channel.py", "receive"), ("sandbox/messages.py", "_unpack_steps")},
    "_unpack_steps": {("sandbox/messages.py", "unpack_program")},
    "MemoryFinder": {("source/memory.py", "serve"), ("sandbox/child.py", "_run_chunk")},
}
"""Who calls the readers: functions that only run in a child."""


def offences(tree: ast.Module) -> Iterator[str]:
    """What makes objects of bytes that came from elsewhere; ``marshal`` apart."""
    for node in ast.walk(tree):
        for name in _imports(node):
            if name.partition(".")[0] in FORBIDDEN:
                yield f"line {_line(node)}: imports {name}"
        if isinstance(node, ast.ImportFrom) and node.module == "marshal":
            yield f"line {node.lineno}: takes names from marshal, whose calls could not be told"
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                refused = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                if keyword.arg == "allow_pickle" and not refused:
                    yield f"line {node.lineno}: allow_pickle"
            if ast.unparse(node.func) in ("np.load", "numpy.load"):
                yield f"line {node.lineno}: reads an array file"


def _imports(node: ast.AST) -> list[str]:
    """Modules that a node imports, by a statement or by name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(alias.name for alias in node.names)]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
        return [str(value.value) for value in node.args if isinstance(value, ast.Constant)]
    return []


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def calls(tree: ast.AST, function: str = "") -> Iterator[tuple[str, str]]:
    """(innermost function, what it names) for every name and attribute that is read."""
    for node in ast.iter_child_nodes(tree):
        inner = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else function
        if isinstance(node, ast.Attribute | ast.Name):
            yield inner, ast.unparse(node)
        yield from calls(node, inner)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path) -> str:
    return path.relative_to(GRADER).as_posix()


@pytest.mark.parametrize("path", FILES, ids=place)
def test_nothing_is_unpickled(path: Path) -> None:
    assert list(offences(parsed(path))) == []


def test_marshal_reads_in_the_child_alone() -> None:
    readers = {
        (place(path), function)
        for path in GRADER.rglob("*.py")
        for function, name in calls(parsed(path))
        if name in ("marshal.load", "marshal.loads")
    }
    assert readers == READERS


@pytest.mark.parametrize("reader", CALLERS)
def test_what_reads_marshal_is_called_in_the_child_alone(reader: str) -> None:
    callers = {
        (place(path), function)
        for path in GRADER.rglob("*.py")
        for function, name in calls(parsed(path))
        if name.rpartition(".")[2] == reader
    }
    assert callers == CALLERS[reader]


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "import pickle as p",
        "from pickle import loads",
        "import numpy as np, shelve",
        "from multiprocessing import connection",
        "def f():\n    import multiprocessing.connection",
        "__import__('dill')",
        "importlib.import_module('pickle')",
        "from marshal import loads",
        "np.load(file)",
        "np.lib.format.read_array(file, allow_pickle=True)",
        "f(allow_pickle=trusted)",
    ],
)
def test_each_way_of_unpickling_is_seen(text: str) -> None:
    assert len(list(offences(ast.parse(text)))) == 1


def test_a_reader_of_marshal_is_seen_wherever_it_stands() -> None:
    text = "class A:\n    def f(self):\n        return [marshal.loads(x) for x in y]\nread = marshal.loads\n"
    found = [function for function, name in calls(ast.parse(text)) if name == "marshal.loads"]
    assert found == ["f", ""]
