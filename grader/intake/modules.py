"""The ``.py`` files of a tree → modules that its own imports find, and what they define in one namespace."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence

from grader.intake.names import display_name
from grader.model import Cell, Finding, Module
from grader.model.reasons import LeftOut, StatementLeftOut
from grader.source import defined_names, import_line, parse_cell, parse_in_pieces, parse_module

_NOT_SERVED = frozenset({"setup", "conftest"})
_MAX_ABSENT = 3
"""Packages that a tree may import itself by, without their being there."""


def modules(sources: dict[str, str], notes: list[Finding]) -> tuple[Module, ...]:
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

    for name, text in sources.items():
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
    homes: dict[str, list[str]] = {}
    for module in served:
        parsed = parse_module(module.source)
        if module.name.startswith("submission."):  # each file is there once, whatever its other names
            place = f"{module.name.removeprefix('submission.').replace('.', '/')}.py"
            if parsed.tree is None:
                notes.append(LeftOut(place, "syntax", error=parsed.problem))
            else:
                left_out = parse_in_pieces(module.source).left_out
                notes += [StatementLeftOut(place, piece.problem) for piece in left_out]
        if parsed.tree is None:
            continue
        for name in defined_names(parsed.tree) & set(roots):
            homes.setdefault(name, []).append(module.name)
    cells = []
    for name, places in sorted(homes.items()):
        # The longest dotted name is the file's place in the tree; shorter ones are its other names.
        home = max(places, key=lambda place: (place.count("."), place))
        cells.append(Cell(f"import of {name}", "code", import_line(home, name)))
    return tuple(cells)
