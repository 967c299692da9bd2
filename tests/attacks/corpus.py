"""The attacks: each file is what a hostile student hands in beside two right answers.

Its docstring says in one line what it tries. Lines after it may say:

* ``held by: seccomp, Landlock``: mechanisms each of which denies it, alone. With all of them switched off it
  works: then ``relu_forward`` returns an array of 42s, which it must not do otherwise.
* ``only as: root`` (or ``user``): whose sandbox that is shown in; by default both, and root's where ``own
  user`` is among them.
* ``shown by: survival``: it works if the child outlives its zygote, instead.
* ``answers: softmax_loss``: the question that it attacks, where that is not ``relu_forward``.

In its text ``@VICTIM`` stands for the process id of another submission, which holds ``secret`` at address
2⁴⁰; ``@FOLDER`` for where the grader keeps submissions; ``@PREPARED`` for a folder of privileged programs.

An attack must answer its question wrongly, so that a point for it is a point forged.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
_TESTS = {"doors", "experiments"}
"""Attacks on the grader's own process, and forged trainings: tests, and no submissions."""
TARGET = "relu_forward"
_SAID = {"held by", "only as", "shown by", "answers"}


@dataclass(frozen=True)
class Attack:
    """One hostile answer."""

    name: str
    title: str
    source: str
    held_by: tuple[str, ...] = ()
    only_as: str = ""
    shown_by: str = "answer"
    target: str = TARGET

    @property
    def others(self) -> tuple[str, str]:
        """The questions that are answered rightly beside it, and do not need it."""
        return ("relu_forward" if self.target == "affine_forward" else "affine_forward", "sgd")

    @property
    def is_the_kernels(self) -> bool:
        """Whether it is about what a process may do, and not about what the grader believes."""
        return bool(self.held_by) or self.name.startswith(("kernel/", "resources/"))

    @property
    def shown_as(self) -> tuple[str, ...]:
        """The users in whose sandbox it is shown to work; none where no mechanism is named."""
        if not self.held_by:
            return ()
        if self.only_as:
            return (self.only_as,)
        return ("root",) if "own user" in self.held_by else ("root", "user")


@cache
def attacks() -> tuple[Attack, ...]:
    """All attacks, by name."""
    kinds = sorted(path for path in FOLDER.glob("*/*.py") if path.parent.name not in _TESTS)
    return tuple(_read(path) for path in kinds)


def find(name: str) -> Attack:
    """One attack by its name, ``kernel/fork``."""
    return next(attack for attack in attacks() if attack.name == name)


def _read(path: Path) -> Attack:
    source = path.read_text(encoding="utf-8")
    title, *rest = (ast.get_docstring(ast.parse(source)) or "").splitlines()
    said = dict(line.split(": ", 1) for line in rest if line)
    unknown = set(said) - _SAID
    if unknown or not title:
        raise ValueError(f"{path}: no title, or unknown lines {unknown}")
    return Attack(
        f"{path.parent.name}/{path.stem}",
        title,
        source,
        tuple(said["held by"].split(", ")) if "held by" in said else (),
        said.get("only as", ""),
        said.get("shown by", "answer"),
        said.get("answers", TARGET),
    )
