"""A file or a folder → a Submission. What is wrong with it becomes a note or a problem, not an exception."""

from __future__ import annotations

import codecs
import io
import os
import re
import tokenize
import warnings
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from grader.intake import archive, class_archive, files, names
from grader.intake.amount import too_many_statements, too_much
from grader.intake.bounds import MAX_CELLS
from grader.intake.cells import with_parse_problem
from grader.intake.contents import Contents, collect, truncate_notes
from grader.intake.effort import Effort
from grader.intake.errors import UnreadableError
from grader.intake.ids import submission_id
from grader.intake.modules import facade, modules
from grader.intake.names import display_name
from grader.intake.notebook import Notebook, read_notebook
from grader.model import Cell, Finding, Stamp, Submission
from grader.model.reasons import (
    CellLeftOut,
    DoubledAnswer,
    LeftOut,
    NothingHere,
    NotOpened,
    OtherNotebooks,
    StatementLeftOut,
    Unreadable,
)
from grader.source import is_python2, parse_in_pieces

_ENCODINGS = (
    "utf-8", "utf-8-sig", "ascii", "unicode_escape", "latin-1", "iso8859-2", "iso8859-5", "iso8859-7",
    "iso8859-8", "iso8859-9", "iso8859-15", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp437", "cp850", "cp866", "koi8-r", "koi8-u", "mac-roman", "gb2312", "gbk", "gb18030", "big5",
    "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949",
)  # fmt: skip
"""What editors write, each of them decoded in one pass: ``punycode`` and ``idna`` take quadratic time."""
_KNOWN_CODECS = frozenset(codecs.lookup(name).name for name in _ENCODINGS)
_MAX_LISTED = 10
"""Notebooks that are named beside the one that is graded."""


def read_submission(path: Path, roots: Collection[str] = (), identity: str = "") -> Submission:
    """Read one submission: a file, a folder, an archive, or one of those in a class's archive.

    ``roots``: names that the assignment asks for, to choose between notebooks.
    """
    identity = identity or submission_id(path)
    effort = Effort()
    contents = _contents(path, effort)
    digest = files.content_hash(contents.files, contents.skipped_entries)
    if contents.files and not contents.problem:
        try:
            return _assemble(identity, digest, contents, roots, effort)
        except UnreadableError as error:
            return Submission(identity, digest, notes=contents.notes, problem=Unreadable(reason=str(error)))
    problem = contents.problem or _main_problem(contents.notes)
    return Submission(identity, digest, notes=contents.notes, problem=problem)


def _contents(path: Path, effort: Effort) -> Contents:
    place, inside = archive.split(path)
    unpack = partial(_unpack, effort=effort)
    try:
        if os.path.isdir(path):
            return collect(effort.pace(files.members(path)), unpack)
        if not names.is_archive(place.name) or not files.is_plain(place):
            return collect([files.member(path, path.name)])
        if inside:
            return collect(effort.pace(class_archive.members(place, inside)), unpack)
        with files.open_plain(place) as file:
            return collect(effort.pace(archive.members(file)))
    except UnreadableError as error:
        return Contents(problem=Unreadable(reason=str(error)))
    except OSError as error:
        return Contents(problem=NotOpened(error.strerror or str(error)))


def _unpack(data: bytes, effort: Effort) -> Contents:
    """What an archive inside a student's folder holds, in memory."""
    try:
        return collect(effort.pace(archive.members(io.BytesIO(data))))
    except UnreadableError as error:
        return Contents(problem=Unreadable(reason=str(error)))


def _assemble(
    identity: str, digest: str, contents: Contents, roots: Collection[str], effort: Effort
) -> Submission:
    notes: list[Finding] = list(contents.notes)
    notebooks: list[tuple[str, Notebook]] = []
    sources: dict[str, str] = {}
    for name, data in effort.pace(contents.files):
        if name.endswith(".ipynb"):
            try:
                notebooks.append((name, read_notebook(data)))
            except UnreadableError as error:
                notes.append(Unreadable(display_name(name), str(error)))
            continue
        text = _decode(data)
        if text is None:
            notes.append(LeftOut(display_name(name), "encoding"))
        else:
            sources[name] = text
    if not notebooks and not sources:
        return Submission(identity, digest, notes=tuple(notes), problem=_main_problem(notes))
    chosen, stamp = _choose(notebooks, roots, notes)
    if not notebooks and len(contents.files) == 1:  # a file by itself: one big cell, or its `# %%` cells
        ((name, text),) = sources.items()
        chosen, sources = _script_cells(display_name(name), text), {}
    code = [cell.source for cell in chosen if cell.kind == "code"]
    problem = too_much(code, set(sources.values()))
    problem = problem or too_many_statements(effort.pace([*code, *sources.values()]))
    if problem is not None:
        return Submission(identity, digest, stamp, notes=truncate_notes(notes), problem=problem)
    lone_file = not notebooks
    cells = [
        piece
        for cell in effort.pace(chosen)
        for piece in _in_pieces(with_parse_problem(cell), lone_file=lone_file)
    ]
    notes += _notes_on_cells(cells)
    served = modules(sources, notes)
    imports = facade(served, roots, notes)
    return Submission(identity, digest, stamp, (*imports, *cells), served, truncate_notes(notes))


def _main_problem(notes: Sequence[Finding]) -> Finding:
    """Where nothing could be read, why: what is said of the first notebook, or else of the first file."""
    of_notebooks = (note for note in notes if getattr(note, "name", "").endswith(".ipynb"))
    return next(of_notebooks, notes[0] if notes else NothingHere())


def _choose(
    notebooks: Sequence[tuple[str, Notebook]], roots: Collection[str], notes: list[Finding]
) -> tuple[tuple[Cell, ...], Stamp | None]:
    """The cells of the notebook that answers most; the others are named in a note."""
    if not notebooks:
        return (), None

    def answers(entry: tuple[str, Notebook]) -> tuple[bool, int]:
        text = "\n".join(cell.source for cell in entry[1].cells if cell.kind == "code")
        return entry[1].stamp is not None, sum(f"def {r}" in text or f"class {r}" in text for r in roots)

    ranked = sorted(notebooks, key=answers, reverse=True)
    if len(ranked) > 1:
        graded, *others = (display_name(name) for name, _ in ranked)
        more = max(0, len(others) - _MAX_LISTED)
        notes.append(OtherNotebooks(graded, ", ".join(others[:_MAX_LISTED]), more))
    return ranked[0][1].cells, ranked[0][1].stamp


def _notes_on_cells(cells: Sequence[Cell]) -> list[Finding]:
    """Doubled answer cells, and cells that do not parse."""
    seen: dict[str, str] = {}
    notes: list[Finding] = []
    parsed = {cell.label for cell in cells if not cell.problem}
    for cell in cells:
        for question in cell.questions if cell.role == "answer" else ():
            if question in seen:
                notes.append(DoubledAnswer(display_name(question), seen[question], cell.label))
            seen[question] = cell.label
        if cell.problem and cell.label in parsed:
            notes.append(StatementLeftOut(cell.label, cell.problem))
        elif cell.problem:
            notes.append(CellLeftOut(cell.label, cell.problem))
    return notes


def _script_cells(name: str, text: str) -> tuple[Cell, ...]:
    """A script as cells: those that its ``# %%`` lines mark, or the whole of it."""
    pieces = re.split(r"^(?=# ?%%)", text, flags=re.M)
    if not 1 < len(pieces) <= MAX_CELLS:
        return (Cell(name, "code", text),)
    return tuple(
        Cell(f"{name}, part {n}", "code", piece) for n, piece in enumerate(pieces, start=1) if piece.strip()
    )


def _in_pieces(cell: Cell, *, lone_file: bool) -> list[Cell]:
    """A cell that does not parse as a cell that does, and one for each statement that is left out of it.

    In Jupyter a cell with an error runs nothing: so only files are taken apart, and cells of Python 2, which
    ran where they were written.
    """
    if not cell.problem or not (lone_file or is_python2(cell.source)):
        return [cell]
    parsed, left_out = parse_in_pieces(cell.source)
    if parsed.problem or parsed.tree is None or not parsed.tree.body:
        return [cell]
    lines = cell.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for piece in left_out:
        last = piece.line + piece.source.count("\n")
        lines[piece.line - 1 : last] = [""] * (last + 1 - piece.line)
    wrong = [
        replace(cell, source="\n" * (piece.line - 1) + piece.source, problem=piece.problem, role="free")
        for piece in left_out
    ]
    return [replace(cell, source="\n".join(lines), problem=""), *wrong]


def _decode(data: bytes) -> str | None:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)  # a coding line, or UTF-8
        if codecs.lookup(encoding).name not in _KNOWN_CODECS:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a codec's opinion of what it reads is not our news
            return data.decode(encoding)
    except (ValueError, SyntaxError, LookupError):
        return None
