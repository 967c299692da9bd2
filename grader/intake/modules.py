"""The ``.py`` files of a tree → modules that its own imports find, and what they define in one namespace."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from grader.intake.answered import count_answers_of_module
from grader.intake.homes import homes, import_cells, is_aside
from grader.intake.names import display_name
from grader.model import Cell, Finding, Module
from grader.model.reasons import LeftOut, StatementLeftOut
from grader.source import parse_cell, parse_in_pieces, parse_module

_NOT_SERVED = frozenset({"setup", "conftest"})
_MAX_ABSENT = 3
"""Packages that a tree may import itself by, without their being there."""


def modules(sources: dict[str, str], notes: list[Finding], roots: Collection[str] = ()) -> tuple[Module, ...]:
    """Files as importable modules, their packages included; names that Python cannot import are left out.

    A tree is served under every name that its own imports may use: ``hw1/cs231n/layers.py`` is
    ``cs231n.layers`` as well as ``layers``, since the notebook ran beside it or in it; and the whole tree
    lies in a package ``submission``, so that ``from ..layers import *`` finds its way when the outermost
    folder of the course was not handed in.
    """
    by_name: dict[str, Module] = {}

    def serve(dotted: list[str], text: str) -> None:
        package = dotted[-1] == "__init__"
        dotted = dotted[:-1] if package else dotted
        if not dotted:
            return
        full = ".".join(dotted)
        if full not in by_name or package:
            by_name[full] = Module(full, text, package)
        for depth in range(1, len(dotted)):
            parent = ".".join(dotted[:depth])
            by_name.setdefault(parent, Module(parent, "", True))

    for name, text in _in_order(sources, roots):
        parts = name.removesuffix(".py").split("/")
        odd = [position for position, part in enumerate(parts) if not part.isidentifier()]
        parts = parts[odd[-1] + 1 :] if odd else parts  # `My HW 1/layers.py` is imported as `layers`
        if not parts or parts[0] in _NOT_SERVED:
            notes.append(LeftOut(display_name(name), "import name"))
            continue
        for start in range(len(parts)):
            serve(parts[start:], text)
        serve(["submission", *parts], text)
    for outer in _absent_packages(sources.values(), by_name):
        for module in [m for m in by_name.values() if m.name.startswith("submission.")]:
            name = module.name.replace("submission", outer, 1)
            by_name[name] = Module(name, module.source, module.package)
        by_name[outer] = Module(outer, "", True)
    return tuple(by_name.values())


def _in_order(sources: Mapping[str, str], roots: Collection[str]) -> list[tuple[str, str]]:
    """The files as they are served: of several copies of a tree the one that answers most comes first."""
    folders: dict[str, set[str]] = {}
    for name in sources:
        folder, _, last = name.rpartition("/")
        if last != "__init__.py":
            folders.setdefault(last, set()).add(folder)
    copies = {prefix for several in folders.values() if len(several) > 1 for prefix in _prefixes(several)}

    def copy_of(name: str) -> str:
        inside = (prefix for prefix in copies if not prefix or name.startswith(f"{prefix}/"))
        return max(inside, key=len, default="")

    answers = dict.fromkeys((*copies, ""), 0)
    for name, source in sources.items():
        if copies and len(folders.get(name.rpartition("/")[2], ())) > 1:
            answers[copy_of(name)] += count_answers_of_module(source, roots)
    return sorted(
        sources.items(),
        key=lambda file: (
            -answers[copy_of(file[0])],
            is_aside(f"{copy_of(file[0])}/"),
            file[0].count("/"),
            hashlib.sha256(file[1].encode("utf-8", "replace")).hexdigest() if copies else file[0],
        ),
    )


def _prefixes(folders: Collection[str]) -> list[str]:
    """The folders without what all of them end in: where copies of one tree begin."""
    split = [folder.split("/") if folder else [] for folder in folders]
    while all(split) and len({one[-1] for one in split}) == 1:
        split = [one[:-1] for one in split]
    return ["/".join(one) for one in split]


def _absent_packages(sources: Iterable[str], present: Collection[str]) -> list[str]:
    """Packages that a tree imports from itself by a name that was not handed in: ``cs231n``, say."""
    absent: set[str] = set()
    for source in sources:
        tree = parse_cell(source).tree
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                outer, _, rest = node.module.partition(".")
                if outer not in present and rest in present:
                    absent.add(outer)
    return sorted(absent)[:_MAX_ABSENT]  # each of them serves the whole tree once more


def facade(served: Sequence[Module], roots: Collection[str], notes: list[Finding]) -> tuple[Cell, ...]:
    """One import line for each name that a tree defines: the tree's implementation, in one namespace."""
    for module in served:
        if module.name.startswith("submission."):  # each file is there once, whatever its other names
            place = f"{module.name.removeprefix('submission.').replace('.', '/')}.py"
            parsed = parse_module(module.source)
            if parsed.tree is None:
                notes.append(LeftOut(place, "syntax", error=parsed.problem))
            else:
                left_out = parse_in_pieces(module.source).left_out
                notes += [StatementLeftOut(place, piece.problem) for piece in left_out]
    return import_cells(homes(served, roots, {}))
