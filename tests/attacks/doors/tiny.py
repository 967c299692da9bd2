"""A course of one question, so that a whole command takes a second."""

from __future__ import annotations

import json
from pathlib import Path

NAME = "tiny"
RUBRIC = """
from grader.checks.values import values
from grader.course import Rubric

rubric = Rubric(title="Tiny", version="1.0", reference=("reference.halves",))
halve = rubric.question("halve", "Half", points={"half": 2})


@halve.on((1,), (3,), (2, 3))
def _(impl, draw, *shape):
    return [values(half=impl.halve(draw(*shape)))]


twice = rubric.question("twice", "Double", points={"double": 3}, needs=["halve"])


@twice.on((1,), (3,))
def _(impl, draw, *shape):
    return [values(double=impl.twice(draw(*shape)))]
"""
REFERENCE = '''
"""Halves and doubles."""


def halve(x):
    """Half of x."""
    # solution: Divide by two.
    half = x / 2
    # end of solution
    return half


def twice(x):
    """Double of x."""
    # solution: Add x to itself.
    double = x + x
    # end of solution
    return double
'''
STUBS = {
    name: f'def {name}(x):\n    """{title} of x."""\n    {part} = None\n    return {part}\n'
    for name, title, part in (("halve", "Half", "half"), ("twice", "Double", "double"))
}
RIGHT = "def halve(x):\n    return x / 2\n\n\ndef twice(x):\n    return x * 2\n"
FULL = 5.0


def make_course(folder: Path) -> Path:
    """Write the course; its folder."""
    home = folder / "assignments" / NAME
    home.mkdir(parents=True)
    (folder / "reference").mkdir()
    (home / "rubric.py").write_text(RUBRIC)
    (home / "narrative.md").write_text("# Tiny\n")
    (home / f"{NAME}.ipynb").write_text(json.dumps(notebook(STUBS)))
    (folder / "reference" / "__init__.py").write_text("")
    (folder / "reference" / "halves.py").write_text(REFERENCE)
    return folder


def notebook(sources: dict[str, str]) -> dict[str, object]:
    """A notebook with a cell for each question."""
    cells = [
        {
            "cell_type": "code",
            "metadata": {"grader": {"role": "answer", "questions": [name]}},
            "source": source.splitlines(keepends=True),
            "outputs": [],
            "execution_count": None,
        }
        for name, source in sources.items()
    ]
    marks = {"grader": {"assignment": NAME, "version": "1.0"}}
    return {"cells": cells, "metadata": marks, "nbformat": 4, "nbformat_minor": 5}
