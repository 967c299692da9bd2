"""Submissions: what was handed in, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from grader.model.findings import Finding


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which release a notebook was cut from."""

    assignment: str
    version: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an assignment asks for, by which its answers are told from other files."""

    roots: frozenset[str] = frozenset()
    """Every name that a submission may be asked for."""
    stubs: Mapping[str, str] = field(default_factory=dict)
    """Cell source as released, by question: what is still so is no answer."""


CellRole = Literal["free", "answer", "locked", "given", "written", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a notebook, or one file: ``source`` as handed in, ``problem`` if it does not parse."""

    label: str
    kind: Literal["code", "markdown"]
    source: str
    role: CellRole = "free"
    name: str = ""
    questions: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A file that student code may import, served from memory."""

    name: str
    source: str
    package: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """A handed-in answer as data: nothing of it has been run."""

    id: str
    hash: str
    stamp: Stamp | None = None
    cells: tuple[Cell, ...] = ()
    modules: tuple[Module, ...] = ()
    notes: tuple[Finding, ...] = ()
    """What a person should know of the files: a doubled cell, an ignored second notebook."""
    problem: Finding | None = None
    """Why nothing could be read at all; None where something could."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Source to run at load: the statements of one cell that are kept, by their position in it."""

    label: str
    source: str
    statements: tuple[int, ...]
    given: bool = False
    """The instructor's own text, and not the student's copy of it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Everything a child needs to become the student's implementation."""

    chunks: tuple[Chunk, ...]
    modules: tuple[Module, ...] = ()
    provided_names: tuple[str, ...] = ()
    """Names that the grader provides (``Solver``): a student's own definition does not replace them."""
    imports: tuple[str, ...] = ()
    """Packages beside NumPy that it may import: its child has loaded them before it was sealed."""
    secret: bool = False
    """It holds right answers: the child keeps no text of it where code could look it up."""
