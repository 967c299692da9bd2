"""A Submission → what the sandbox loads: slices of its cells, the instructor's copy of the locked ones."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence

from grader.model import Cell, Chunk, Load, Module, Submission
from grader.source import IMPORT_NUMPY, ParsedCell, keep, parse_cell, parse_in_pieces, replace


def load_of(
    submission: Submission,
    roots: Collection[str],
    locked_cells: Sequence[str] = (),
    provided_names: Sequence[str] = (),
    replacements: Mapping[str, str] | None = None,
    imports: Sequence[str] = (),
) -> Load:
    """The program that makes the submission's implementation.

    ``locked_cells`` come from the instructor: an edited copy does not count. ``replacements`` (``name`` or
    ``Class.method`` → source) stand in for the student's own definitions, wherever those are.
    """
    replacements = replacements or {}
    cells = [
        *(Cell(f"given cell {number}", "code", text) for number, text in enumerate(locked_cells, start=1)),
        *(cell for cell in submission.cells if _counts(cell, has_locked=bool(locked_cells))),
    ]
    missing = set(replacements)
    parsed: list[ParsedCell] = []
    for cell in cells:
        text = parse_cell(cell.source)
        for name, source in replacements.items():
            text, changed = _replace(text, name, source)
            missing -= {name} if changed else set()
        parsed.append(text)
    texts = []
    for module in submission.modules:
        text = parse_in_pieces(module.source).parsed
        for name, source in replacements.items():
            text, changed = _replace(text, name, source)
            missing -= {name} if changed else set()
        texts.append(text)
    added = {name: replacements[name] for name in sorted(missing) if "." not in name}
    modules = [
        Module(module.name, _with_missing(module.name, text, added, texts, replacements), module.package)
        for module, text in zip(submission.modules, texts, strict=True)
    ]
    labels = [cell.label for cell in cells]
    for name, source in added.items():
        parsed.append(parse_cell(IMPORT_NUMPY + source))
        labels.append(f"right {name}")
    slices = keep([cell.tree for cell in parsed], roots)
    chunks = tuple(
        Chunk(label, cell.source, positions, given=number < len(locked_cells))
        for number, (label, cell, positions) in enumerate(zip(labels, parsed, slices, strict=True))
        if positions
    )
    beside = tuple(name for name in imports if name != "numpy")
    return Load(chunks, tuple(modules), tuple(provided_names), beside, secret=bool(replacements))


def _with_missing(
    module: str,
    text: ParsedCell,
    added: Mapping[str, str],
    texts: Sequence[ParsedCell],
    replaced: Collection[str],
) -> str:
    """A module's source with what is defined nowhere, at its end, where the module uses or binds it.

    So it is where other replaced functions stand, and where others import it from by name.
    """
    if text.tree is None or not added:
        return text.source
    wanted = {node.id for node in ast.walk(text.tree) if isinstance(node, ast.Name)} & added.keys()
    if any(isinstance(node, ast.FunctionDef) and node.name in replaced for node in text.tree.body):
        wanted |= added.keys()
    for other in texts:
        for node in ast.walk(other.tree) if other.tree is not None else ():
            if isinstance(node, ast.ImportFrom) and _is_named(module, node.module):
                wanted |= {alias.name for alias in node.names} & added.keys()
    return "\n".join([text.source, *(IMPORT_NUMPY + added[name] for name in sorted(wanted))])


def _is_named(module: str, imported: str | None) -> bool:
    """Whether an import of ``imported``, which may be relative, can mean this module."""
    return imported is not None and f".{module}".endswith(f".{imported}")


def _counts(cell: Cell, *, has_locked: bool) -> bool:
    if cell.kind != "code" or cell.problem:
        return False
    return not (has_locked and cell.role in ("locked", "given"))


def _replace(cell: ParsedCell, name: str, source: str) -> tuple[ParsedCell, bool]:
    if cell.tree is None:
        return cell, False
    text = replace(cell.source, cell.tree, name, source)
    return (cell, False) if text is None else (parse_cell(text), True)
