"""A file or a folder → a Submission. Whatever is wrong with it becomes a note or a reason, never a stop."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from grader.intake import files
from grader.intake.notebook import Notebook, UnreadableError, read_notebook
from grader.model import Cell, Module, Stamp, Submission
from grader.source import MAX_SOURCE, defined_names, parse_cell

MAX_TREE = 4 * MAX_SOURCE
"""Bytes of all modules of a tree; each of them is bounded as a cell is."""
_NOT_SERVED = frozenset({"setup", "conftest"})


def read_submission(path: Path, roots: Collection[str] = (), identity: str = "") -> Submission:
    """Read one submission. ``roots``: names that the assignment asks for, to choose between notebooks."""
    identity = identity or submission_id(path)
    try:
        if path.is_dir():
            paths = files.source_files(path)
        else:
            paths = [path] if files.is_plain(path) else []
        contents = {p: files.read(p) for p in paths}
    except OSError as error:
        return Submission(identity, "", problem=f"the files cannot be read: {error.strerror or error}")
    base = path if path.is_dir() else path.parent
    named = [(p.relative_to(base).as_posix(), data) for p, data in contents.items()]
    digest = files.content_hash(named)
    if not named:
        what = (
            "this folder holds no notebook (.ipynb) and no module (.py)"
            if path.is_dir()
            else "this is no file"
        )
        return Submission(identity, digest, problem=f"nothing to grade: {what}")
    return _assemble(identity, digest, named, roots)


def submission_id(path: Path) -> str:
    """The file's or folder's name without the ending."""
    return path.name.removesuffix(".ipynb").removesuffix(".py") if not path.is_dir() else path.name


def _assemble(
    identity: str, digest: str, named: list[tuple[str, bytes]], roots: Collection[str]
) -> Submission:
    notes: list[str] = []
    notebooks: list[tuple[str, Notebook]] = []
    sources: dict[str, str] = {}
    for name, data in named:
        if name.endswith(".ipynb"):
            try:
                notebooks.append((name, read_notebook(data)))
            except UnreadableError as error:
                notes.append(f"{name}: {error}")
            continue
        text = _decode(data)
        if text is None or len(data) > MAX_SOURCE:
            reason = "is not UTF-8 text" if text is None else f"is larger than {MAX_SOURCE >> 10} KiB"
            notes.append(f"{name} {reason} and was left out")
        else:
            sources[name] = text
    if not notebooks and not sources:
        return Submission(identity, digest, notes=tuple(notes), problem="; ".join(notes))
    chosen, stamp = _choose(notebooks, roots, notes)
    if not notebooks and len(named) == 1:  # one file handed in by itself: one big cell, or its `# %%` cells
        ((name, text),) = sources.items()
        cells = tuple(_checked(cell) for cell in _script_cells(name, text))
        return _limited(Submission(identity, digest, None, cells, (), (*notes, *_oddities(cells))))
    modules = _modules(sources, notes)
    facade = _facade(modules, roots, notes)
    cells = (*facade, *chosen)
    return _limited(Submission(identity, digest, stamp, cells, modules, tuple(notes)))


def _choose(
    notebooks: Sequence[tuple[str, Notebook]], roots: Collection[str], notes: list[str]
) -> tuple[tuple[Cell, ...], Stamp | None]:
    """The notebook that answers most, its cells parsed; the others are named in a note."""
    if not notebooks:
        return (), None

    def answers(entry: tuple[str, Notebook]) -> tuple[bool, int]:
        text = "\n".join(cell.source for cell in entry[1].cells if cell.kind == "code")
        return entry[1].stamp is not None, sum(f"def {r}" in text or f"class {r}" in text for r in roots)

    ranked = sorted(notebooks, key=answers, reverse=True)
    if len(ranked) > 1:
        others = ", ".join(name for name, _ in ranked[1:])
        notes.append(f"{ranked[0][0]} was graded; not graded: {others}")
    cells = tuple(_checked(cell) for cell in ranked[0][1].cells)
    notes += _oddities(cells)
    return cells, ranked[0][1].stamp


def _oddities(cells: Sequence[Cell]) -> list[str]:
    """Doubled answer cells, and cells that do not parse."""
    seen: dict[str, str] = {}
    notes = []
    for cell in cells:
        for question in cell.questions if cell.role == "answer" else ():
            if question in seen:
                first = seen[question]
                notes.append(
                    f"`{question}` is answered twice, in {first} and {cell.label}: the last one counts"
                )
            seen[question] = cell.label
        if cell.problem:
            notes.append(f"{cell.label} was left out: {cell.problem}")
    return notes


def _script_cells(name: str, text: str) -> list[Cell]:
    """A script as cells: those that its ``# %%`` lines mark, or the whole of it."""
    pieces = re.split(r"^(?=# ?%%)", text, flags=re.M)
    if len(pieces) == 1:
        return [Cell(name, "code", text)]
    return [
        Cell(f"{name}, part {n}", "code", piece) for n, piece in enumerate(pieces, start=1) if piece.strip()
    ]


def _checked(cell: Cell) -> Cell:
    if cell.kind != "code":
        return cell
    return replace(cell, problem=parse_cell(cell.source).problem)


def _modules(sources: dict[str, str], notes: list[str]) -> tuple[Module, ...]:
    """Files as importable modules, their packages included; names that Python cannot import are left out.

    A tree is served under every name that its own imports may use: ``hw1/cs231n/layers.py`` is
    ``cs231n.layers`` as well as ``layers``, since the notebook ran beside it or in it; and the whole tree
    lies in a package ``submission``, so that ``from ..layers import *`` finds its way when the outermost
    folder of the course was not handed in.
    """
    found: dict[str, Module] = {}

    def serve(dotted: list[str], text: str) -> None:
        package = dotted[-1] == "__init__"
        dotted = dotted[:-1] if package else dotted
        if not dotted:
            return
        full = ".".join(dotted)
        if full not in found or package:
            found[full] = Module(full, text, package)
        for depth in range(1, len(dotted)):
            parent = ".".join(dotted[:depth])
            found.setdefault(parent, Module(parent, "", True))

    for name, text in sources.items():
        parts = name.removesuffix(".py").split("/")
        odd = [position for position, part in enumerate(parts) if not part.isidentifier()]
        parts = parts[odd[-1] + 1 :] if odd else parts  # `My HW 1/layers.py` is imported as `layers`
        if not parts or parts[0] in _NOT_SERVED:
            notes.append(f"{name} cannot be imported under that name and was left out")
            continue
        for start in range(len(parts)):
            serve(parts[start:], text)
        serve(["submission", *parts], text)
    for outer in _absent_packages(sources.values(), found):
        for module in [m for m in found.values() if m.name.startswith("submission.")]:
            name = module.name.replace("submission", outer, 1)
            found[name] = Module(name, module.source, module.package)
        found[outer] = Module(outer, "", True)
    return tuple(found.values())


def _absent_packages(sources: Iterable[str], found: Collection[str]) -> set[str]:
    """Packages that a tree imports from itself by a name that was not handed in: ``cs231n``, say."""
    absent: set[str] = set()
    for source in sources:
        tree = parse_cell(source).tree
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                outer, _, rest = node.module.partition(".")
                if outer not in found and rest in found:
                    absent.add(outer)
    return absent


def _facade(modules: Sequence[Module], roots: Collection[str], notes: list[str]) -> tuple[Cell, ...]:
    """One import line for each name that a tree defines: the tree's implementation, in one namespace."""
    homes: dict[str, list[str]] = {}
    for module in modules:
        parsed = parse_cell(module.source)
        if parsed.tree is None:
            if module.name.startswith("submission."):  # each file is there once, whatever its other names
                place = module.name.removeprefix("submission.").replace(".", "/")
                notes.append(f"{place}.py was left out: {parsed.problem}")
            continue
        for name in defined_names(parsed.tree) & set(roots):
            homes.setdefault(name, []).append(module.name)
    cells = []
    for name, places in sorted(homes.items()):
        # The longest dotted name is the file's place in the tree; shorter ones are its other names.
        home = max(places, key=lambda place: (place.count("."), place))
        cells.append(Cell(f"import of {name}", "code", f"from {home} import {name}"))
    return tuple(cells)


def _limited(submission: Submission) -> Submission:
    """Leave out all code when there is too much of it; a cell that is too large alone is left out already."""
    cells = _bytes(cell.source for cell in submission.cells if cell.kind == "code" and not cell.problem)
    files = _bytes({module.source for module in submission.modules})  # one file has several names
    if cells <= MAX_SOURCE and files <= MAX_TREE:
        return submission
    held, limit = (cells, MAX_SOURCE) if cells > MAX_SOURCE else (files, MAX_TREE)
    reason = (
        f"it holds {held >> 10} KiB of source code, more than {limit >> 10} KiB; "
        "is a data file among it, or a long literal?"
    )
    return replace(submission, cells=(), modules=(), problem=reason)


def _bytes(sources: Iterable[str]) -> int:
    return sum(len(source.encode("utf-8", "replace")) for source in sources)


def _decode(data: bytes) -> str | None:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)  # a coding line, or UTF-8
        return data.decode(encoding)
    except (UnicodeDecodeError, SyntaxError, LookupError):
        return None


def tree_of(cell: Cell) -> ast.Module | None:
    """The parsed source of a code cell; None where it does not parse."""
    return parse_cell(cell.source).tree if cell.kind == "code" and not cell.problem else None
