"""Golden submissions: each folder of ``tests/submissions`` holds what was handed in and its due verdict.

``tests/rewritings`` holds further right ones, in the same form (see ``tests/grading/test_rewritings.py``).

``case.toml`` holds ``title``, ``[expect]`` and how the submission is made:

* ``[[replace]]`` with ``old`` and ``new``: an edit of the filled-in notebook's code, which must apply;
* ``answers.py``: definitions that replace the filled-in ones; what else stands there is a cell before them;
  with ``one_cell = true`` all of it is a single cell, in the order in which it stands;
* ``files/``: handed in as it is (trees, broken notebooks, plain modules);
* ``base = "released"``: start from the untouched stub instead of the filled-in notebook;
* ``assignment``: what it is handed in for, by default the first; ``trains``: judge all experiments too;
  ``slow``: it takes seconds, or is in the catalogue of mistakes too, and is judged in the slow tier.

``[expect]``: ``full = true``, ``untouched = true`` (nothing was attempted), or ``questions`` with the status
(or list of statuses) of each question that is not right; every other question must be passed, blocked or
awaiting review. ``at_most``: points, but for those of what a person marks. ``messages`` holds words that a
question's message must contain; ``notes`` words that the report's notes must.
"""

from __future__ import annotations

import ast
import json
import shutil
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.course import Question
from grader.course.release import notebook
from grader.messages import headline, say
from grader.model import Report
from grader.source import defined_names, find

COURSE = Path(__file__).resolve().parent.parent
FOLDER = COURSE / "tests" / "submissions"
REWRITINGS = COURSE / "tests" / "rewritings"
ASSIGNMENTS = ("two_layer_net", "fully_connected_nets", "deep_nets")
_RIGHT = ("passed", "blocked", "awaiting_review")


@dataclass(frozen=True)
class Golden:
    """One golden submission."""

    name: str
    title: str
    expect: dict[str, Any]
    settings: dict[str, Any]
    among: Path = FOLDER

    @property
    def assignment(self) -> str:
        """The assignment that it is handed in for."""
        return str(self.settings.get("assignment", ASSIGNMENTS[0]))

    def asked(self, questions: Sequence[Question]) -> list[str]:
        """What to judge: training costs seconds, so only those experiments that the verdict names.

        Of an answer that is merely wrong: what the verdict names, and what builds on it.
        """
        every, named = bool(self.settings.get("trains")), self.expect.get("questions", {})
        wanted = [q for q in questions if q.kind != "experiment" or every or q.name in named]
        statuses = {s for due in named.values() for s in ([due] if isinstance(due, str) else due)}
        if named and not every and statuses <= {"failed", "partial", "blocked"}:
            touched = set(named)
            for _ in questions:  # needs of needs
                touched |= {q.name for q in questions if touched & set(q.needs)}
            wanted = [q for q in wanted if q.name in touched]
        return [q.name for q in wanted]

    @property
    def folder(self) -> Path:
        """Where it is described."""
        return self.among / self.name


@cache
def goldens(among: Path = FOLDER) -> tuple[Golden, ...]:
    """All golden submissions of a folder, by name."""
    found = []
    for path in sorted(among.glob("*/case.toml")):
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Golden(path.parent.name, settings["title"], settings["expect"], settings, among))
    return tuple(found)


def write(golden: Golden, to: Path) -> Path:
    """Write a golden submission as a student would hand it in; the path to grade."""
    files = golden.folder / "files"
    if files.is_dir():
        target = to / golden.name
        shutil.copytree(files, target, dirs_exist_ok=True)
        return target
    document = json.loads(_edition(golden.assignment, golden.settings.get("base", "filled")))
    for edit in golden.settings.get("replace", []):
        _replace(golden, document, edit["old"], edit["new"])
    answers = golden.folder / "answers.py"
    if answers.is_file():
        put = _answer_in_one_cell if golden.settings.get("one_cell") else _answer
        put(document, answers.read_text(encoding="utf-8"))
    target = to / f"{golden.name}.ipynb"
    target.write_text(json.dumps(document), encoding="utf-8")
    return target


def problems(golden: Golden, report: Report) -> list[str]:
    """What in a report is not as the golden submission expects; empty when all is."""
    found: list[str] = []
    expected = golden.expect.get("questions", {})
    if golden.expect.get("full") and report.score != report.max_score:
        found.append(f"score {report.score} of {report.max_score}")
    if "at_most" in golden.expect:
        own = sum(question.score for question in report.questions if question.kind != "written")
        if own > golden.expect["at_most"]:
            found.append(f"{own:g} points, expected {golden.expect['at_most']} at most")
    right = ("not_attempted",) if golden.expect.get("untouched") else _RIGHT
    for question in report.questions:
        allowed = expected.get(question.name, right)
        allowed = (allowed,) if isinstance(allowed, str) else tuple(allowed)
        if question.status not in allowed:
            found.append(f"{question.name}: {question.status}, expected {allowed}: {headline(question)}")
        words = golden.expect.get("messages", {}).get(question.name)
        if words and words.lower() not in headline(question).lower():
            found.append(f"{question.name}: message lacks {words!r}: {headline(question)}")
    said = "\n".join(map(say, [*report.notes, *([report.problem] if report.problem else [])])).lower()
    found += [f"no note says {w!r}: {said}" for w in golden.expect.get("notes", []) if w.lower() not in said]
    return found


@cache
def _edition(assignment: str, name: str) -> str:
    return notebook(COURSE, assignment, "released" if name == "released" else "filled")


def _replace(golden: Golden, document: dict[str, Any], old: str, new: str) -> None:
    applied = 0
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if cell["metadata"].get("grader", {}).get("role") == "answer" and old in source:
            cell["source"] = source.replace(old, new)
            applied += 1
    if not applied:
        raise ValueError(f"{golden.name}: no answer cell contains {old!r}; the reference has changed")


def _answer(document: dict[str, Any], text: str) -> None:
    """Put each definition of ``text`` where the notebook defines the same name; the rest goes before."""
    lines = text.split("\n")
    extra: list[str] = []
    for node in ast.parse(text).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        source = "\n".join(lines[first - 1 : node.end_lineno]) + "\n"
        name = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
        homes = [cell for cell in document["cells"] if name and _defines(cell, name)]
        if homes:
            homes[-1]["source"] = source
        else:
            extra.append(source)
    if extra:
        _insert(document, "\n\n".join(extra))


def _answer_in_one_cell(document: dict[str, Any], text: str) -> None:
    """Put ``text`` before the answers, and empty those that it defines in whatever way."""
    for name in defined_names(ast.parse(text)):
        for cell in document["cells"]:
            if _defines(cell, name):
                cell["source"] = "# see above\n"
    _insert(document, text)


def _insert(document: dict[str, Any], source: str) -> None:
    """A student's own cell, before the first answer."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "extra",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }
    at = next(
        i for i, c in enumerate(document["cells"]) if c["metadata"].get("grader", {}).get("role") == "answer"
    )
    document["cells"].insert(at, cell)


def _defines(cell: dict[str, Any], name: str) -> bool:
    if cell["metadata"].get("grader", {}).get("role") != "answer" or cell["cell_type"] != "code":
        return False
    return find(ast.parse("".join(cell["source"])), name) is not None


def main() -> None:
    """Write golden submissions as a class's folder: ``python -m tests.goldens DIRECTORY [ASSIGNMENT]``."""
    to = Path(sys.argv[1])
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    name = sys.argv[2] if len(sys.argv) > 2 else ASSIGNMENTS[0]
    found = [golden for golden in goldens() if golden.assignment == name]
    for golden in found:
        write(golden, to)
    print(f"Wrote {len(found)} golden submissions to {to}.")


if __name__ == "__main__":
    main()
