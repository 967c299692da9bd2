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

from grader.intake import archive, class_archive, class_folder, files, names, platforms
from grader.intake.amount import too_many_statements, too_much
from grader.intake.bounds import MAX_CELLS
from grader.intake.cells import with_parse_problem
from grader.intake.choice import choose
from grader.intake.contents import Contents, collect, truncate_notes
from grader.intake.effort import Effort
from grader.intake.errors import UnreadableError
from grader.intake.ids import submission_id
from grader.intake.modules import facade, modules
from grader.intake.names import display_name
from grader.intake.notebook import Notebook, read_notebook
from grader.intake.notebook_text import looks_like_notebook
from grader.model import Asked, Cell, Finding, Submission
from grader.model.reasons import (
    CellLeftOut,
    DoubledAnswer,
    DoubledName,
    HandedInLate,
    LeftOut,
    NothingHere,
    NotOpened,
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


def read_submission(path: Path, asked: Asked | Collection[str] = (), identity: str = "") -> Submission:
    """Read one submission: a file, a folder, an archive, or one of those in a class's archive.

    ``asked``: what the assignment asks for, or its names alone, to choose between notebooks.
    """
    identity = identity or submission_id(path)
    asked = asked if isinstance(asked, Asked) else Asked(frozenset(asked))
    effort = Effort()
    contents = _contents(path, effort)
    if late := _late_files(path, contents):
        contents = replace(contents, notes=(*contents.notes, *map(HandedInLate, late)))
    digest = files.content_hash(contents.files, contents.skipped_entries)
    notes = truncate_notes([*contents.notes, *contents.others])
    if contents.files and not contents.problem:
        try:
            return _assemble(identity, digest, contents, asked, effort)
        except UnreadableError as error:
            return Submission(identity, digest, notes=notes, problem=Unreadable(reason=str(error)))
    problem = contents.problem or _main_problem(contents.notes)
    return Submission(identity, digest, notes=notes, problem=problem)


def _late_files(path: Path, contents: Contents) -> list[str]:
    """The files that a learning platform marked as late."""
    known = platforms.read_name(path.name)
    alone = [path.name] if known is not None and known.late else []
    return [display_name(name) for name in (*alone, *(n for n, u in contents.uploads.items() if u.late))]


def _contents(path: Path, effort: Effort) -> Contents:
    place, inside = archive.split(path)
    unpack = partial(_unpack, effort=effort)
    try:
        if os.path.isdir(path):
            return collect(effort.pace(files.members(path)), unpack)
        if inside and os.path.isdir(place) and (group := class_folder.group_members(place, inside)):
            return collect(effort.pace(group), unpack)
        if not names.is_archive(place.name) or not files.is_plain(place):
            alone = collect([files.member(path, path.name)])
            return replace(alone, problem=next(iter((*alone.notes, *alone.others)), None))
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


def _assemble(identity: str, digest: str, contents: Contents, asked: Asked, effort: Effort) -> Submission:
    notes: list[Finding] = list(contents.notes)
    notebooks: list[tuple[str, Notebook]] = []
    sources: dict[str, str] = {}
    for name, data in effort.pace(contents.files):
        if names.read_as(name).endswith(".ipynb") or looks_like_notebook(data):
            try:
                notebooks.append((name, read_notebook(data)))
            except UnreadableError as error:
                notes.append(Unreadable(display_name(name), str(error)))
            continue
        text, module = _decode(data), names.read_as(name)
        if text is None:
            notes.append(LeftOut(display_name(name), "encoding"))
        elif module in sources:
            notes.append(DoubledName(display_name(module)))
        else:
            sources[module] = text
    others = contents.others
    if not notebooks and not sources:
        nothing = _main_problem(notes)
        return Submission(identity, digest, notes=truncate_notes([*notes, *others]), problem=nothing)
    notebook = choose(notebooks, asked, contents.uploads, notes)
    chosen, stamp = (notebook.cells, notebook.stamp) if notebook is not None else ((), None)
    if not notebooks and len(contents.files) == 1:  # a file by itself: one big cell, or its `# %%` cells
        ((name, text),) = sources.items()
        chosen, sources = _script_cells(display_name(name), text), {}
    code = [cell.source for cell in chosen if cell.kind == "code"]
    problem = too_much(code, set(sources.values()))
    problem = problem or too_many_statements(effort.pace([*code, *sources.values()]))
    if problem is not None:
        notes += others
        return Submission(identity, digest, stamp, notes=truncate_notes(notes), problem=problem)
    lone_file = not notebooks
    cells = [
        piece
        for cell in effort.pace(chosen)
        for piece in _in_pieces(with_parse_problem(cell), lone_file=lone_file)
    ]
    notes += _notes_on_cells(cells)
    served = modules(sources, notes, asked.roots)
    imports = facade(served, asked.roots, notes)
    notes += others
    return Submission(identity, digest, stamp, (*imports, *cells), served, truncate_notes(notes))


def _main_problem(notes: Sequence[Finding]) -> Finding:
    """Where nothing could be read, why: what is said of the first notebook, or else of the first file."""
    of_notebooks = (note for note in notes if names.read_as(getattr(note, "name", "")).endswith(".ipynb"))
    return next(of_notebooks, notes[0] if notes else NothingHere())


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
