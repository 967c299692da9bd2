"""Written answers whose cells lost their marks, or that stand below their question: found by text and place.

A cell that holds a question's own text is the question's; what a student wrote between it and the next of
the course's cells is the answer. What is found is only marked: a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.course import PLACEHOLDER, PublicAssignment, words_digest
from grader.model import Cell, Submission
from grader.source import parse_cell

_WORD = re.compile(r"\w+")
_ALIKE = 0.7
"""Share of a question's words that a cell has at least, in their order of twos, to be the question's."""
_BELOW = 8
"""Cells below a question that are looked at."""


def mark_written(submission: Submission, assignment: PublicAssignment) -> Submission:
    """The submission with its written answers marked as such, wherever they stand."""
    asked = [question.name for question in assignment.questions if question.kind == "written"]
    cells = list(submission.cells)
    for name in asked:
        stub = assignment.stubs.get(name, "")
        own = [number for number, cell in enumerate(cells) if name in cell.questions]
        if any(is_written(cells[number].source, stub) for number in own):
            continue
        prompts = own or list(_prompts(cells, stub))
        for number in prompts[:1]:
            marked = [number, *_below(cells, number, assignment)]
            for place in marked:
                questions = dict.fromkeys((*cells[place].questions, name))
                cells[place] = replace(cells[place], role="written", questions=tuple(questions))
    return replace(submission, cells=tuple(cells)) if tuple(cells) != submission.cells else submission


def is_written(answer: str, stub: str) -> bool:
    """Whether a cell holds more than the question itself."""
    asked = {line.strip() for line in stub.splitlines()} | {PLACEHOLDER, ""}
    rest = [line for line in answer.replace(PLACEHOLDER, "").splitlines() if line.strip() not in asked]
    return bool(rest) and _words("\n".join(rest)) != _words(stub.replace(PLACEHOLDER, ""))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _twos(text: str) -> set[tuple[str, str]]:
    words = _words(text)
    return set(pairwise(words))


def _prompts(cells: Sequence[Cell], stub: str) -> Iterator[int]:
    """The cells that hold a question's text."""
    asked = _twos(stub.replace(PLACEHOLDER, ""))
    for number, cell in enumerate(cells):
        if asked and cell.kind == "markdown" and len(asked & _twos(cell.source)) >= _ALIKE * len(asked):
            yield number


def _below(cells: Sequence[Cell], number: int, assignment: PublicAssignment) -> Iterator[int]:
    """The student's own text right below a cell."""
    for place in range(number + 1, min(len(cells), number + 1 + _BELOW)):
        cell = cells[place]
        if cell.role != "free" or cell.name or cell.questions:
            return
        if cell.kind == "code" and not _is_remark(cell):
            return
        if cell.kind == "markdown" and _is_released(cell, assignment):
            return
        if cell.source.strip():
            yield place


def _is_released(cell: Cell, assignment: PublicAssignment) -> bool:
    if words_digest(cell.source) in assignment.narrative:
        return True
    own = _twos(cell.source)
    stubs = (_twos(stub.replace(PLACEHOLDER, "")) for stub in assignment.stubs.values())
    return any(stub and len(stub & own) >= _ALIKE * len(stub) for stub in stubs)


def _is_remark(cell: Cell) -> bool:
    """Whether a code cell holds nothing but comments and text."""
    if cell.problem:
        return True  # prose, written into a code cell
    tree = parse_cell(cell.source).tree
    return tree is not None and not tree.body
