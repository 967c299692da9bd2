"""A pack of evidence on disk → the record: bounded, and its submission held to the bounds of any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.intake.amount import too_many_statements, too_much
from grader.intake.bounds import MAX_CELLS, MAX_DEPTH, MAX_FILES, MAX_NAME, MAX_NOTES, MAX_TEXT
from grader.intake.cells import with_parse_problem
from grader.intake.errors import UnreadableError
from grader.intake.files import open_plain
from grader.intake.names import display_id, display_name
from grader.model import Cell, EvidencePack, Module, Submission, from_json

MAX_PACK = 32 << 20
"""Bytes of a pack."""
_MAX_VALUES = 2 << 20
"""Commas and brackets of a pack: two of them are enough to ask for a list, which takes eighty bytes."""
_MAX_LABEL = 200
_MAX_MARK = 80
_MAX_QUESTIONS = 20
_MAX_NOTE = 4_000
_MAX_MODULES = MAX_FILES * MAX_DEPTH
_SEEDS = range(1 << 63)
_IMPORT = "import of "
"""How the label of a tree's import lines begins: they stand before a notebook's own cells."""


def read_pack(path: Path) -> EvidencePack:
    """Read a pack of evidence. Raises UnreadableError with the reason, as a sentence's end."""
    try:
        with open_plain(path) as file:
            data = file.read(MAX_PACK + 1)
    except OSError as error:
        raise UnreadableError(f"it cannot be opened ({error.strerror or type(error).__name__})") from error
    except UnreadableError as error:
        raise UnreadableError("it is no plain file") from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableError("it cannot be opened (its name is none)") from error
    if len(data) > MAX_PACK:
        raise UnreadableError(f"it is larger than {MAX_PACK >> 20} MB")
    if sum(map(data.count, (b",", b"[", b"{"))) > _MAX_VALUES:
        raise UnreadableError("it holds more values than a pack has")
    try:
        pack: EvidencePack = from_json(data, EvidencePack)
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    try:
        _require_pack(pack)
        _require_submission(pack.submission)
    except UnreadableError as error:
        raise UnreadableError(f"it cannot be replayed: {error}") from error
    cells = tuple(map(with_parse_problem, pack.submission.cells))  # what a pack says of them is not believed
    return replace(pack, submission=replace(pack.submission, cells=cells))


def _require_pack(pack: EvidencePack) -> None:
    """Raise UnreadableError where something is wrong with the pack itself."""
    if not re.fullmatch(r"[\w.-]{1,80}", pack.assignment):
        raise UnreadableError(f"its assignment is {display_name(pack.assignment)!r}")
    for what, text in (("grader", pack.grader), ("version", pack.version)):
        if not _is_label(text, _MAX_MARK):
            raise UnreadableError(f"its {what} is no short line of text")
    if pack.hidden_seed is not None and pack.hidden_seed not in _SEEDS:
        raise UnreadableError("its hidden seed is not an integer from 0 to 2⁶³ − 1")


def _require_submission(submission: Submission) -> None:
    """Raise UnreadableError where this is no submission that was ever read."""
    if display_id(submission.id) != submission.id or not re.fullmatch(r"[0-9a-f]{0,64}", submission.hash):
        raise UnreadableError("the submission has an id or a hash that is none")
    stamp = submission.stamp
    if stamp is not None and (len(stamp.assignment) > _MAX_MARK or len(stamp.version) > _MAX_MARK):
        raise UnreadableError("the submission's stamp is too long")
    notes = (*submission.notes, submission.problem)
    if len(submission.notes) > MAX_NOTES + MAX_FILES or any(len(repr(note)) > _MAX_NOTE for note in notes):
        raise UnreadableError("the submission has more notes than are made")
    _require_cells(submission.cells)
    _require_modules(submission.modules)
    _require_amount(submission)


def _require_cells(cells: Sequence[Cell]) -> None:
    imports = sum(cell.label.startswith(_IMPORT) for cell in cells)
    if max(imports, len(cells) - imports) > MAX_CELLS:
        raise UnreadableError(f"it has {len(cells)} cells, more than {MAX_CELLS}")
    if sum(len(cell.source) for cell in cells) > MAX_TEXT:
        raise UnreadableError(f"its cells hold more than the {MAX_TEXT >> 20} MB of a notebook")
    for number, cell in enumerate(cells, start=1):
        if not cell.label or not _is_label(cell.label, _MAX_LABEL):
            raise UnreadableError(f"the label of its cell {number} is no short line of text")
        if len(cell.questions) > _MAX_QUESTIONS or any(
            len(mark) > _MAX_MARK for mark in (cell.name, *cell.questions)
        ):
            raise UnreadableError(f"the marks of its cell {number} are too long")


def _require_modules(modules: Sequence[Module]) -> None:
    if len(modules) > _MAX_MODULES:
        raise UnreadableError(f"it has {len(modules)} modules, more than {_MAX_MODULES}")
    for module in modules:
        parts = module.name.split(".")
        if len(module.name) > MAX_NAME or not all(part.isidentifier() for part in parts):
            raise UnreadableError(f"`{display_name(module.name)}` is not the name of a module")
    if len({module.name for module in modules}) < len(modules):
        raise UnreadableError("two of its modules have one name")


def _require_amount(submission: Submission) -> None:
    """As much source code as is read of a notebook and its modules, and no more."""
    code = [cell.source for cell in submission.cells if cell.kind == "code"]
    sources = {module.source for module in submission.modules}
    if amount := too_much(code, sources) or too_many_statements([*code, *sorted(sources)]):
        raise UnreadableError(
            f"it holds {amount.amount} {amount.unit} of source code, more than {amount.limit}"
        )


def _is_label(text: str, limit: int) -> bool:
    return len(text) <= limit and display_name(text, limit) == text
