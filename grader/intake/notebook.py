"""A notebook file → cells, as data. The format is read strictly, and what is odd is said, never raised."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast, get_args

from grader.intake.bounds import MAX_CELLS, MAX_NOTEBOOK, MAX_TEXT
from grader.intake.errors import UnreadableError
from grader.intake.names import display_name
from grader.intake.notebook_text import size_of_text, without_outputs, without_pictures
from grader.model import Cell, CellRole, Stamp


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook's cells and the release that it was cut from."""

    cells: tuple[Cell, ...]
    stamp: Stamp | None
    runs: int = 0
    """Code cells that were run when it was saved."""


def read_notebook(data: bytes) -> Notebook:
    """Parse a notebook of format 4. Raises UnreadableError with a reason that a student understands."""
    if not data.strip():
        raise UnreadableError("the notebook file is empty; save the notebook and hand it in again")
    if len(data) > MAX_NOTEBOOK:
        raise UnreadableError(
            f"the notebook is {len(data) / (1 << 20):.1f} MB, more than the {MAX_NOTEBOOK >> 20} MB that are "
            "read; clear its outputs (Edit, Clear All Outputs), save, and hand it in again"
        )
    data = without_outputs(data)
    if (size := size_of_text(data)) > MAX_TEXT:
        raise UnreadableError(
            f"the notebook's cells hold {size / (1 << 20):.1f} MB of text, more than the {MAX_TEXT >> 20} MB "
            "that are read; take data out of them, save, and hand it in again"
        )
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # no JSON, no UTF-8, or a number of thousands of digits
        raise UnreadableError(
            f"the notebook file is not valid JSON: it is damaged or cut off ({error})"
        ) from error
    except RecursionError as error:
        raise UnreadableError("the notebook file is nested too deeply to be a notebook") from error
    if not isinstance(document, dict):
        raise UnreadableError("the file is JSON, but not a notebook")
    version = document.get("nbformat")
    if version != 4:
        version_text = display_name(str(version), 20) if isinstance(version, int | float | str) else "unknown"
        raise UnreadableError(
            f"the notebook is of format {version_text}; format 4 is needed: "
            "open it in Jupyter and save it again"
        )
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("the notebook has no list of cells")
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"the notebook has {len(cells)} cells, more than {MAX_CELLS}")
    read = [_cell(number, cell) for number, cell in enumerate(cells, start=1)]
    runs = sum(isinstance(cell, dict) and type(cell.get("execution_count")) is int for cell in cells)
    return Notebook(tuple(cell for cell in read if cell is not None), _stamp(document), runs)


def _cell(number: int, cell: Any) -> Cell | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    marks = _dict(_dict(cell.get("metadata")).get("grader"))
    role = marks.get("role")
    questions = marks.get("questions")
    kind = "code" if cell["cell_type"] == "code" else "markdown"  # a raw cell is text as well
    if kind == "markdown":
        source = _with_attachments(without_pictures(source), cell.get("attachments"))
    return Cell(
        label=f"cell {number}",
        kind=cast(Any, kind),
        source=source,
        role=cast(CellRole, role) if role in get_args(CellRole) else "free",
        name=_text(marks.get("name")),
        questions=tuple(map(_text, questions[:20])) if isinstance(questions, list) else (),
    )


def _with_attachments(text: str, names: Any) -> str:
    """A text cell that shows whatever is attached to it: a photo is an answer, whether it is shown or not."""
    attached = [name[:80] for name in names if isinstance(name, str)] if isinstance(names, list) else []
    if not attached or "attachment:" in text:
        return text
    shown = "\n".join(f"![{name}](attachment:{name})" for name in map(display_name, attached[:20]))
    return f"{text}\n\n{shown}".lstrip("\n")


def _stamp(document: dict[str, Any]) -> Stamp | None:
    marks = _dict(_dict(document.get("metadata")).get("grader"))
    name, version = marks.get("assignment"), marks.get("version")
    if isinstance(name, str) and isinstance(version, str):
        return Stamp(name[:80], version[:40])
    return None


def _text(value: Any) -> str:
    """A mark that should be text; what is not is none: ``str`` of a deep list would raise."""
    return value[:80] if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
