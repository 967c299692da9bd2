"""The child: becomes a student's implementation, then answers requests until its socket closes.

Nothing here is trusted once student code has been loaded: everything that it sends is only ever data.
"""

from __future__ import annotations

import io
import sys
import types
import warnings
from typing import Any

from grader.model import Absent, CaseResult
from grader.sandbox import channel, messages, seal
from grader.sandbox.baseline import Baseline
from grader.sandbox.channel import Endpoint, Requests
from grader.sandbox.effort import effort
from grader.sandbox.mechanisms import Setting
from grader.sandbox.messages import Pieces, Sources
from grader.sandbox.old_numpy import restore_old_names
from grader.sandbox.replay import Lookup, describe, evaluate, main_lookup, replay, seed
from grader.sandbox.wire import WireError
from grader.source.memory import MemoryFinder, copy_of_builtins, remember, serve
from grader.source.stand_ins import check, in_the_main_module

MAX_OUTPUT = 64 << 10
"""Characters of what is printed that are kept."""


class BoundedOutput(io.TextIOBase):
    """Where student code prints: kept up to a bound, then counted as lost; never parsed."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._characters_left = MAX_OUTPUT

    def writable(self) -> bool:
        """Student code may print."""
        return True

    def close(self) -> None:
        """Stay open: one answer may have closed it, and the next one prints."""

    def write(self, text: str) -> int:
        """Keep what fits."""
        if self._characters_left > 0:
            self._parts.append(str(text)[: self._characters_left])
            self._characters_left -= len(self._parts[-1])
        return len(text)

    def take(self, limit: int = 4_000) -> str:
        """What was printed since the last ``take``, cut to ``limit`` characters."""
        text = "".join(self._parts)
        self._parts.clear()
        self._characters_left = MAX_OUTPUT
        return text if len(text) <= limit else text[:limit] + "\n… (cut)"


_BUILTINS = copy_of_builtins()
_OUTPUT = BoundedOutput()
"""What student code has for builtins, and where it prints: made before the fork, it costs no child."""


def prepare() -> None:
    """What holds for every child, done before the fork."""
    warnings.simplefilter("ignore")  # a warning never changes a score, and its text is not asked for
    restore_old_names()
    notebook = types.ModuleType("grader.notebook")
    notebook.__dict__["check"] = check  # an answer's cell may say `from grader import check`
    sys.modules["grader.notebook"] = notebook
    serve({})  # from here on nothing is imported from disk


def serve_requests(wire: Endpoint, setting: Setting) -> None:
    """Answer requests until the grader hangs up."""
    sys.stdout = sys.stderr = _OUTPUT
    lookup = main_lookup()
    set_limit, deepest = sys.setrecursionlimit, sys.getrecursionlimit()
    baseline = Baseline()
    steps: Any = None
    requests = Requests(wire)
    while True:
        try:
            number, kind, request, packed = requests.receive()
        except EOFError:
            return
        if kind == "load":
            load(messages.unpack_load(packed), wire, number)
            baseline.take_names(_BUILTINS)
            _answer(wire, "loaded", number, _OUTPUT.take())
        elif kind == "run":
            case = messages.unpack_program(packed)
            set_limit(deepest)  # another case may have lifted it, and never come back from it
            if case.steps is not steps:  # the cases of a ladder share theirs: this is another answer's
                baseline.put_back()
                steps = case.steps
            _answer_result(wire, number, replay(case, lookup, _OUTPUT.take))
        elif kind == "evaluate":
            baseline.put_back()
            case = messages.unpack_program(packed)
            points = [{int(i): a for i, a in point.items()} for point in request["points"]]
            _answer(wire, "points", number, evaluate(case, lookup, request["wanted"], points))
        elif kind == "effort":
            baseline.put_back()
            _answer(wire, "effort", number, _effort(packed, request, lookup))
        elif kind == "probe":
            _answer(wire, "probed", number, seal.probe(setting, request))


def _effort(program: bytes, step: int, lookup: Lookup) -> tuple[int, ...] | None:
    try:
        return tuple(effort(messages.unpack_program(program), step, lookup))
    except BaseException:  # an answer that cannot be watched is not judged by it
        return None


def load(request: Sources, wire: Endpoint, number: int) -> None:
    """Run the kept statements, one by one; say what failed, and step by step where one is."""
    main = types.ModuleType("__main__")
    sys.modules["builtins"] = _BUILTINS  # for what is loaded from now on
    main.__dict__["__builtins__"] = _BUILTINS.__dict__
    sys.modules["__main__"] = main
    main.__dict__.update(in_the_main_module())
    sources = {module.name: (module.source, module.package) for module in request.modules}
    finder = serve(sources, secret=request.secret)
    seed(0)
    _provide(main, request.provided_names)
    flags = 0
    for position, chunk in enumerate(request.chunks):
        if request.step_by_step:
            _answer(wire, "loading", number, position)
        if not request.secret:
            remember(chunk.source, chunk.filename)  # so that tracebacks find the text
        problems, flags = _run_chunk(chunk, main.__dict__, flags, finder)
        for problem in problems:
            _answer(wire, "problem", number, problem)
    _provide(main, request.provided_names)


def _provide(main: types.ModuleType, names: tuple[str, ...]) -> None:
    for name in names:
        main.__dict__[name] = getattr(sys.modules["grader.toolkit"], name)


def _run_chunk(
    chunk: Pieces, namespace: dict[str, Any], flags: int, finder: MemoryFinder
) -> tuple[list[tuple[Any, ...]], int]:
    """What failed, in modules that it imports too, and the compiler flags that hold for the next chunk."""
    failures, flags = finder.run(list(chunk.statements), chunk.filename, namespace, flags)
    failures, finder.failures = [*finder.failures, *failures], []
    return [messages.pack_problem(chunk.label, describe(failure)) for failure in failures], flags


def _answer(wire: Endpoint, kind: str, number: int, value: Any) -> None:
    channel.send(wire, number, (kind, value))


def _answer_result(wire: Endpoint, number: int, result: CaseResult) -> None:
    try:
        _answer(wire, "result", number, messages.pack_result(result))
    except WireError:  # each value fits by itself, all of them together do not
        empty = CaseResult(tuple(Absent("too large") for _ in result.values))
        _answer(wire, "result", number, messages.pack_result(empty))
