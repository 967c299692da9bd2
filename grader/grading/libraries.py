"""Libraries that an answer takes its names from, and that are not there when it is graded."""

from __future__ import annotations

import ast
import dis
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import CodeType, FunctionType, ModuleType
from typing import Any

from grader.grading.answers import Answers
from grader.grading.given_cells import ROLES
from grader.model import Outcome, Submission
from grader.model.reasons import LibraryNotThere, OldNumpyName, Raised
from grader.source import STOOD_IN_PACKAGES, old_names, parse_cell, parse_in_pieces

CHECK = "libraries"
"""What outcomes of this kind are called."""
_ALWAYS = sys.stdlib_module_names | STOOD_IN_PACKAGES | {"grader"}
_INSTALLED = ("site-packages", "dist-packages")


def absent_names(answers: Answers, submission: Submission, imports: Collection[str]) -> dict[str, str]:
    """The library of each name that a submission imports from one that is not there."""
    there = _ALWAYS | {*imports} | {module.name.partition(".")[0] for module in submission.modules}
    return {
        name: library
        for tree in answers.trees
        for node in ast.walk(tree)
        for name, library in _imported(node)
        if library not in there
    }


def old_numpy_names(submission: Submission) -> list[OldNumpyName]:
    """The old names of NumPy's that a submission uses, each where it is used first."""
    cells = [(c.label, c.source) for c in submission.cells if c.kind == "code" and c.role not in ROLES]
    files = [
        (f"{m.name.removeprefix('submission.').replace('.', '/')}.py", m.source)
        for m in submission.modules
        if m.name.startswith("submission.")
    ]
    notes: dict[str, OldNumpyName] = {}
    for place, source in (*cells, *files):
        parsed = parse_in_pieces(source).parsed if place.endswith(".py") else parse_cell(source)
        if parsed.tree is not None:
            for line, old, new in old_names(source, parsed.tree):
                notes.setdefault(old, OldNumpyName(old, new, place, line))
    return list(notes.values())


def with_library(outcomes: Sequence[Outcome], absent: Mapping[str, str]) -> list[Outcome]:
    """Outcomes of names that are not defined, with the library that they should have come from."""
    if not absent:
        return [*outcomes]
    return [
        o if o.hidden else replace(o, findings=tuple(_with_library(f, absent) for f in o.findings))
        for o in outcomes
    ]


def _with_library(finding: Any, absent: Mapping[str, str]) -> Any:
    if not isinstance(finding, Raised) or finding.error not in ("NameError", "ModuleNotFoundError"):
        return finding
    quoted = finding.message.split("'")[1::2]
    libraries = {*absent.values()}
    library = next((absent.get(q) or q.partition(".")[0] for q in quoted), "")
    return replace(finding, library=library) if library in libraries else finding


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name.partition(".")[0]
            yield alias.asname or top, top
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, node.module.partition(".")[0]


def told_beforehand(
    definition: str, namespace: Mapping[str, object], imports: Collection[str]
) -> list[Outcome]:
    """For each library that a live answer uses and that grading has not, an outcome that says so."""
    used = sorted({*_used(namespace.get(definition.partition(".")[0]), namespace)})
    return [
        Outcome(
            CHECK,
            "inconclusive",
            False,
            scored=False,
            findings=(LibraryNotThere(name, available=", ".join(imports)),),
        )
        for name in used
        if name not in _ALWAYS and name not in imports and _is_installed(name)
    ]


def _used(answer: object, namespace: Mapping[str, object]) -> Iterator[str]:
    """Top-level packages that a live object's code reads names of, in what it calls of the notebook too."""
    waiting: list[object] = [answer]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, ModuleType):
            yield one.__name__.partition(".")[0]
        elif isinstance(one, FunctionType) and one.__globals__ is namespace:
            for code in _codes(one.__code__):
                waiting += [namespace[name] for name in code.co_names if name in namespace]
                for step in dis.get_instructions(code):
                    if step.opname == "IMPORT_NAME" and step.argval:
                        yield str(step.argval).partition(".")[0]
        elif isinstance(one, type) and one.__module__ == namespace.get("__name__"):
            waiting += vars(one).values()
            waiting += one.__bases__
        elif isinstance(home := getattr(one, "__module__", None), str):
            yield home.partition(".")[0]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _is_installed(name: str) -> bool:
    """Whether a package is of a library, and not a file beside the notebook."""
    place = str(getattr(sys.modules.get(name), "__file__", None) or "")
    return any(folder in place for folder in _INSTALLED)
