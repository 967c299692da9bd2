"""Level ``open``: cases run in the caller's own process, for a notebook's self-check and nothing else."""

from __future__ import annotations

import builtins
import contextlib
import io
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from grader.model import Case, CaseResult, Failure, Ref
from grader.sandbox.effort import Effort, effort
from grader.sandbox.process_state import preserve_process_state
from grader.sandbox.replay import evaluate, replay, restore_default_rng
from grader.sandbox.session import result_without_values


class LocalSession:
    """Runs cases on the live objects of a namespace; the caller's random state is left as it was."""

    problems: Sequence[tuple[str, Failure]] = ()
    output = ""
    used = False
    """Nothing is loaded here, and there is no fresh process that could be asked instead."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace

    def renew(self) -> None:
        """Do nothing: the live objects are the only ones there are."""

    def run(self, cases: Sequence[Case]) -> Iterator[CaseResult]:
        """One result a case, in order. There is no deadline here: interrupt the cell instead."""
        waiting = list(cases)
        while waiting:
            results: list[CaseResult] = []
            try:
                _run_quietly(lambda waiting=waiting, results=results: self._replay(waiting, results))  # type: ignore[misc]
            except Exception as error:  # it has broken what this process itself is made of
                results.append(_result_of_broken_python(waiting[len(results)], error))
            waiting = waiting[len(results) :]
            for result in results:
                if _is_interrupted(result):
                    raise KeyboardInterrupt  # the student stopped the cell: not one more case
                yield result

    def _replay(self, cases: Sequence[Case], results: list[CaseResult]) -> None:
        for case in cases:
            results.append(replay(case, self._lookup))
            if _is_interrupted(results[-1]):
                return

    def evaluate(self, case: Case, wanted: Ref, points: list[dict[int, Any]]) -> list[Any]:
        """``wanted`` at each point."""
        values: list[Any] = _run_quietly(lambda: evaluate(case, self._lookup, wanted, points))
        return values

    def effort(self, case: Case, step: int) -> Effort | None:
        """What ``step`` costs; None where the implementation failed."""
        try:
            measured: Effort = _run_quietly(lambda: effort(case, step, self._lookup))
        except Exception:
            return None
        return measured

    def _lookup(self, name: str) -> Any:
        if name not in self._namespace:
            raise NameError(f"name '{name}' is not defined")
        value = self._namespace[name]
        if _is_of_a_library(value):
            raise NameError(f"name '{name}' is not defined here: it is imported from a library")
        return value


def _is_interrupted(result: CaseResult) -> bool:
    return any(failure.error == "KeyboardInterrupt" for failure in result.failures.values())


def _result_of_broken_python(case: Case, error: Exception) -> CaseResult:
    """The result of a case after which Python itself no longer worked, until it was put back."""
    reason = f"{type(error).__name__}: {error}"[:300]
    failure = Failure("crashed", message=reason, cause="broken Python")
    return result_without_values(case, failure)


def _is_of_a_library(value: Any) -> bool:
    """Whether a name is no answer, but something that Python or NumPy brings along.

    Cases come from a file that anybody may have written, and are run in the student's own kernel: they may
    call what the student wrote, and not ``system`` after ``from os import system``.
    """
    name = getattr(value, "__name__", "")
    if isinstance(value, ModuleType | BuiltinFunctionType) or getattr(builtins, str(name), None) is value:
        return True
    home = getattr(value, "__module__", None)
    top = home.partition(".")[0] if isinstance(home, str) else ""
    if isinstance(value, FunctionType | type):
        return top in _LIBRARIES
    return top == "numpy" and name in _FILES


_LIBRARIES = (sys.stdlib_module_names | {"numpy"}) - {"__main__", "builtins"}
"""What is made by ``exec`` in a bare namespace says that it is of builtins; those are told by themselves."""
_FILES = frozenset(
    {"load", "save", "savez", "savetxt", "loadtxt", "genfromtxt", "fromfile", "fromregex", "memmap"}
)


def _run_quietly(work: Callable[[], Any]) -> Any:
    """Run without printing or warning, and leave this process as it was."""
    silent = io.StringIO()
    with (
        preserve_process_state(),
        contextlib.redirect_stdout(silent),
        contextlib.redirect_stderr(silent),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            return work()
        finally:
            restore_default_rng()
