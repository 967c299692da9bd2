"""An assignment's narrative (Markdown) → the cells of its notebook, stubs cut and answers taken out.

Fences carry the metadata: ``role`` (locked, given, answer), ``question``, ``source`` (what to cut from the
reference), ``name``. Written questions are ``<!-- #region role="written" question="…" -->`` regions.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from grader.source import assigned_literal, extract, solution, stub, without_annotations

_LITERAL = re.compile(r'^```python [^\n]*question="([^"]+)"[^\n]*\n(.*?)^```', re.M | re.S)
_MODEL_ANSWER = re.compile(r"\n*<!-- model answer:\s*(.*?)\s*-->\n*", re.S)
PLACEHOLDER = "*Your answer here.*"
_SAMPLE_ANSWER = "A written answer."
"""What stands in a filled notebook where the narrative has no model answer."""

Edition = Literal["released", "filled"]


@dataclass(frozen=True, slots=True)
class NarrativeCell:
    """A cell to be written to a notebook."""

    kind: Literal["code", "markdown"]
    source: str
    role: str = ""
    name: str = ""
    questions: tuple[str, ...] = ()


def cells(text: str, sources: Mapping[str, str], edition: Edition) -> list[NarrativeCell]:
    """All cells. ``sources``: the text of each reference module. ``filled`` has the answers in place."""
    import jupytext

    notebook = jupytext.reads(  # type: ignore[no-untyped-call]
        text, "md"
    )
    return [_cell(cell, sources, edition) for cell in notebook.cells]


def literal_answers(text: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The solved literal of each question; ``names`` maps questions to the names that their answers bear."""
    return {
        question: assigned_literal([ast.parse(solution(body))], names[question])
        for question, body in _LITERAL.findall(text)
        if question in names
    }


def _cell(cell: Any, sources: Mapping[str, str], edition: Edition) -> NarrativeCell:
    role = cell.metadata.get("role", "")
    questions = tuple(str(cell.metadata.get("question", "")).split())
    name = cell.metadata.get("name", "")
    source: str = cell.source
    if cell.cell_type == "markdown":
        if role == "written":
            source = _written_cell(source, edition)
        return NarrativeCell("markdown", source, role or "text", name, questions)
    if source_of := cell.metadata.get("source", ""):
        source = "\n\n".join(_code_from(place, sources, edition) for place in source_of.split())
    elif role == "answer":
        source = stub(source) if edition == "released" else solution(source)
    return NarrativeCell("code", source.strip("\n"), role, name, questions)


def _code_from(place: str, sources: Mapping[str, str], edition: Edition) -> str:
    module, _, name = place.partition(":")
    text = extract(sources[module], name)
    text = without_annotations(stub(text) if edition == "released" else solution(text))
    return text.strip("\n") + "\n"


def _written_cell(source: str, edition: Edition) -> str:
    match = _MODEL_ANSWER.search(source)
    answer = match[1] if match else _SAMPLE_ANSWER
    bare = _MODEL_ANSWER.sub("\n", source).strip("\n")
    return bare if edition == "released" else bare.replace(PLACEHOLDER, answer)
