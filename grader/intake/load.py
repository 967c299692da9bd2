"""A Submission → what the sandbox loads: slices of its cells, the instructor's copy of the locked ones."""

from __future__ import annotations

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
    modules = []
    for module in submission.modules:
        text = parse_in_pieces(module.source).parsed
        for name, source in replacements.items():
            text, changed = _replace(text, name, source)
            missing -= {name} if changed else set()
        modules.append(Module(module.name, text.source, module.package))
    labels = [cell.label for cell in cells]
    for name in sorted(name for name in missing if "." not in name):
        parsed.append(parse_cell(IMPORT_NUMPY + replacements[name]))
        labels.append(f"right {name}")
    slices = keep([cell.tree for cell in parsed], roots)
    chunks = tuple(
        Chunk(label, cell.source, positions, given=number < len(locked_cells))
        for number, (label, cell, positions) in enumerate(zip(labels, parsed, slices, strict=True))
        if positions
    )
    beside = tuple(name for name in imports if name != "numpy")
    return Load(chunks, tuple(modules), tuple(provided_names), beside, secret=bool(replacements))


def _counts(cell: Cell, *, has_locked: bool) -> bool:
    if cell.kind != "code" or cell.problem:
        return False
    return not (has_locked and cell.role in ("locked", "given"))


def _replace(cell: ParsedCell, name: str, source: str) -> tuple[ParsedCell, bool]:
    if cell.tree is None:
        return cell, False
    text = replace(cell.source, cell.tree, name, source)
    return (cell, False) if text is None else (parse_cell(text), True)
