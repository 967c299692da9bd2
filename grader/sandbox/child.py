"""The child: becomes a student's implementation, then answers requests until its socket closes.

Nothing here is trusted once student code has been loaded: everything that it sends is only ever data.
"""

from __future__ import annotations
import __future__

import ast
import io
import socket
import sys
import types
import warnings
from typing import Any

from grader.model import Absent, CaseResult, Chunk, Load
from grader.sandbox import channel, messages
from grader.sandbox.replay import describe, evaluate, module_lookup, replay, seed
from grader.sandbox.wire import WireError
from grader.source.memory import compile_named, separate_builtins, serve

MAX_OUTPUT = 64 << 10


class BoundedOutput(io.TextIOBase):
    """Where student code prints: kept up to a bound, then counted as lost; never parsed."""

    def __init__(self, limit: int = MAX_OUTPUT) -> None:
        self._parts: list[str] = []
        self._left = limit

    def writable(self) -> bool:
        """Student code may print."""
        return True

    def write(self, text: str) -> int:
        """Keep what fits."""
        if self._left > 0:
            self._parts.append(str(text)[: self._left])
            self._left -= len(self._parts[-1])
        return len(text)

    def take(self, limit: int = 4_000) -> str:
        """What was printed since the last ``take``, cut to ``limit`` characters."""
        text = "".join(self._parts)
        self._parts.clear()
        self._left = MAX_OUTPUT
        return text if len(text) <= limit else text[:limit] + "\n… (cut)"


def serve_requests(sock: socket.socket) -> None:
    """Answer requests until the grader hangs up."""
    output = BoundedOutput()
    sys.stdout = sys.stderr = output
    warnings.simplefilter("ignore")  # a warning never changes a score, and its text is not asked for
    lookup = module_lookup()
    while True:
        try:
            kind, number, request = channel.receive(sock, programs=True)
        except EOFError:
            return
        if kind == "load":
            load(messages.unpack_load(request), sock, number)
            _answer(sock, "loaded", number, output.take())
        elif kind == "run":
            case = messages.unpack_program(request)
            _answer(sock, "result", number, messages.pack_result(replay(case, lookup, output.take)))
        elif kind == "evaluate":
            case = messages.unpack_program(request["program"])
            points = [{int(i): a for i, a in point.items()} for point in request["points"]]
            _answer(sock, "points", number, evaluate(case, lookup, request["wanted"], points))


def load(request: Load, sock: socket.socket, number: int) -> None:
    """Run the kept statements, one by one; say before each cell which it is, and after it what failed."""
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = separate_builtins()
    sys.modules["__main__"] = main
    serve({module.name: (module.source, module.package) for module in request.modules})
    seed(0)
    _provide(main, request.provided)
    flags = 0  # as in a notebook, a future import holds for every cell after it
    for position, chunk in enumerate(request.chunks):
        _answer(sock, "loading", number, position)
        flags |= _future_flags(chunk.source)
        for problem in _run_chunk(chunk, main.__dict__, flags):
            _answer(sock, "problem", number, problem)
    _provide(main, request.provided)


def _provide(main: types.ModuleType, names: tuple[str, ...]) -> None:
    from grader import toolkit

    for name in names:
        main.__dict__[name] = getattr(toolkit, name)


def _future_flags(source: str) -> int:
    """The compiler flags that a cell's ``from __future__`` lines switch on."""
    try:
        body = ast.parse(source).body
    except BaseException:
        return 0  # the cell itself will say why
    names = [
        a.name for n in body if isinstance(n, ast.ImportFrom) and n.module == "__future__" for a in n.names
    ]
    return sum(
        {getattr(__future__, name).compiler_flag for name in names if name in __future__.all_feature_names}
    )


def _run_chunk(chunk: Chunk, namespace: dict[str, Any], flags: int) -> list[tuple[Any, ...]]:
    problems: list[tuple[Any, ...]] = []
    filename = f"<{chunk.label}>"
    try:
        compile_named(chunk.source, filename)  # so that tracebacks find the text
        body = ast.parse(chunk.source).body
    except BaseException as error:
        return [messages.pack_problem(chunk.label, describe(error))]
    for position in chunk.statements:
        try:
            module = ast.Module([body[position]], [])
            exec(compile(module, filename, "exec", flags, dont_inherit=True), namespace)
        except BaseException as error:
            problems.append(messages.pack_problem(chunk.label, describe(error)))
    return problems


def _answer(sock: socket.socket, kind: str, number: int, value: Any) -> None:
    try:
        channel.send(sock, (kind, number, value))
    except WireError as error:  # each value fits by itself, all of them together do not
        if kind != "result":
            raise
        empty = tuple(Absent(str(error)) for _ in value["values"])
        channel.send(sock, (kind, number, messages.pack_result(CaseResult(empty))))
