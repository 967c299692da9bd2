"""Which file of a tree counts for each name, where several define it: the one that the contract names.

Else what a person would go by: the tree with more answers, no backup, what other files import. How files are
called decides nothing beyond that.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.intake.answered import is_answered, parts
from grader.model import Cell, Finding, Module, Submission
from grader.model.reasons import DoubledDefinition
from grader.source import defined_names, import_line, parse_module

_LABEL = "import of "
"""How the label of a tree's import lines begins: they stand before a notebook's own cells."""
_WHOLE_TREE = "submission."
_MAX_LISTED = 10
_ASIDE = re.compile(
    r"(?:^|[/_\W])(?:old|orig(?:inal)?|backup|bak|copy|copies|tmp|temp|archive|previous|draft|starter|template"
    r"|tests?|test)\d*(?:$|[/_\W])|copy\d*$|^test_",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _File:
    """A module of the whole tree, and what speaks for it."""

    module: Module
    path: str
    names: frozenset[str]
    """What it binds."""
    definitions: Mapping[str, ast.stmt]
    importers: int
    place: int
    """Among the files as they are served: of copies of a tree the one with more answers comes first."""


def homes(served: Sequence[Module], roots: Collection[str], files: Mapping[str, str]) -> dict[str, list[str]]:
    """By name, the modules that define it, the one that counts first. ``files``: the contract's, by name."""
    every = _files(served)
    found: dict[str, list[str]] = {}
    for name in sorted(roots):
        defining = [file for file in every if name in file.names]
        ranked = sorted(
            defining, key=lambda file: _rank(file, name, roots, files.get(name, "")), reverse=True
        )
        if ranked:
            found[name] = [file.module.name for file in ranked]
    return found


def import_cells(found: Mapping[str, Sequence[str]]) -> tuple[Cell, ...]:
    """One import line for each name that a tree defines: the tree's implementation, in one namespace."""
    return tuple(
        Cell(f"{_LABEL}{name}", "code", import_line(ranked[0], name))
        for name, ranked in sorted(found.items())
    )


def with_contract_files(
    submission: Submission, roots: Collection[str], files: Mapping[str, str]
) -> tuple[Submission, list[Finding]]:
    """The submission with names imported from where the contract has them; what is there several times."""
    if not any(cell.label.startswith(_LABEL) for cell in submission.cells):
        return submission, []
    found = homes(submission.modules, roots, files)
    cells = [cell for cell in submission.cells if not cell.label.startswith(_LABEL)]
    own = {name for cell in cells if cell.kind == "code" for name, _ in parts(cell.source)}
    notes = _notes({name: ranked for name, ranked in found.items() if name not in own})
    return replace(submission, cells=(*import_cells(found), *cells)), notes


def home_of(submission: Submission, name: str) -> str:
    """The module that a name is imported from; empty where no file of a tree defines it."""
    for cell in submission.cells:
        if cell.label == f"{_LABEL}{name}":
            return cell.source.removeprefix("from ").partition(" import ")[0]
    return ""


def is_aside(path: str) -> bool:
    """Whether a file is called as one that is kept and not handed in: a backup, a starter, a test."""
    return _ASIDE.search(path.removesuffix(".py")) is not None


def _rank(
    file: _File, name: str, roots: Collection[str], contract: str
) -> tuple[int, int, bool, int, bool, int, str]:
    named = 0
    if contract:
        same_file = file.path.rpartition("/")[2] == contract.rpartition("/")[2]
        named = same_file + (f"/{file.path}".endswith(f"/{contract}"))
    return (
        named,
        -file.place if named else 0,
        not is_aside(file.path),
        file.importers,
        name not in file.definitions or is_answered(file.definitions[name]),
        len(file.names & set(roots)),
        hashlib.sha256(file.module.source.encode("utf-8", "replace")).hexdigest(),
    )


def _files(served: Sequence[Module]) -> list[_File]:
    whole = [m for m in served if m.name.startswith(_WHOLE_TREE) and m.source]
    trees = {module.name: parse_module(module.source).tree for module in whole}
    imported = [
        {stem for stem in _imported(tree) if stem != name.rpartition(".")[2]}
        for name, tree in trees.items()
        if tree is not None and not is_aside(_path(name))
    ]
    files = []
    for place, module in enumerate(whole):
        tree = trees[module.name]
        if tree is not None:
            stem = module.name.rpartition(".")[2]
            files.append(
                _File(
                    module,
                    _path(module.name),
                    frozenset(defined_names(tree)),
                    dict(parts(module.source, whole_module=True)),
                    sum(stem in stems for stems in imported),
                    place,
                )
            )
    return files


def _imported(tree: ast.Module) -> Iterator[str]:
    """The last parts of the names of modules that a file imports from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.module:
                yield node.module.rpartition(".")[2]
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)


def _path(module: str) -> str:
    return f"{module.removeprefix(_WHOLE_TREE).replace('.', '/')}.py"


def _notes(found: Mapping[str, Sequence[str]]) -> list[Finding]:
    """What is defined in several files, by the files."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, ranked in found.items():
        if len(ranked) > 1:
            together.setdefault((ranked[0], *sorted(ranked[1:])), []).append(name)
    return [
        DoubledDefinition(
            ", ".join(f"`{name}`" for name in names[:_MAX_LISTED]),
            _path(counted),
            ", ".join(map(_path, others[:_MAX_LISTED])),
        )
        for (counted, *others), names in together.items()
    ]
