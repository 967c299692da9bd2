"""Which of several notebooks is graded: by what was answered in each, and never by what they are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.intake import names
from grader.intake.answered import count_answers
from grader.intake.contents import Upload
from grader.intake.names import display_name
from grader.intake.notebook import Notebook
from grader.model import Asked, Finding
from grader.model.reasons import EarlierUploads, OtherNotebooks

_MAX_LISTED = 10
"""Notebooks that are named beside the one that is graded."""
_COPY = re.compile(r"copy|backup|[-_ ]old|\(\d+\)|checkpoint|~", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A notebook that may be graded, and how much it answers."""

    name: str
    notebook: Notebook
    answers: int = 0
    defined: int = 0
    """Parts that are there, answered or not."""


def choose(
    notebooks: Sequence[tuple[str, Notebook]],
    asked: Asked,
    uploads: Mapping[str, Upload],
    notes: list[Finding],
) -> Notebook | None:
    """The notebook that answers most; why, and which others there are, is a note.

    Of one file that was handed in several times the last that answers anything counts. A copy that Jupyter
    kept counts where no other notebook answers anything.
    """
    if not notebooks:
        return None
    if len(notebooks) == 1:
        return notebooks[0][1]
    candidates = [Candidate(name, one, *count_answers(one.cells, asked)) for name, one in notebooks]
    own = [one for one in candidates if not names.is_checkpoint(one.name)]
    if any(one.answers for one in own) or not any(one.answers for one in candidates):
        candidates = own or candidates
    latest = _latest(candidates, uploads, notes)
    graded, *others = sorted(latest, key=_rank, reverse=True)
    if others:
        notes.append(_note(graded, others))
    return graded.notebook


def _rank(one: Candidate) -> tuple[int, int, bool, int, bool, bool, str]:
    """How much speaks for a notebook; the last entry only makes it the same one on every machine."""
    stamp = one.notebook.stamp
    stem = PurePosixPath(names.read_as(one.name)).stem
    return (
        one.answers,
        one.defined,
        stamp is not None,
        one.notebook.runs,
        stamp is not None and stem == stamp.assignment,
        _COPY.search(stem) is None,
        hashlib.sha256(repr(one.notebook.cells).encode("utf-8", "replace")).hexdigest(),
    )


def _latest(
    candidates: Sequence[Candidate], uploads: Mapping[str, Upload], notes: list[Finding]
) -> list[Candidate]:
    """The candidates without those that were handed in again later."""
    families: dict[str, list[Candidate]] = {}
    for one in candidates:
        upload = uploads.get(one.name)
        families.setdefault(upload.file if upload is not None else f"/{one.name}", []).append(one)
    latest = []
    for family in families.values():
        answering = [one for one in family if one.answers] or family
        last = max(answering, key=lambda one: uploads[one.name].order) if len(family) > 1 else family[0]
        latest.append(last)
        if len(family) > 1:
            order = uploads[last.name].order
            family.sort(key=lambda one: uploads[one.name].order)
            before = [one.name for one in family if one is not last and uploads[one.name].order <= order]
            after = [one.name for one in family if uploads[one.name].order > order]
            notes.append(EarlierUploads(display_name(last.name), _listed(before), _listed(after)))
    return latest


def _listed(several: Sequence[str]) -> str:
    return ", ".join(map(display_name, several[:_MAX_LISTED]))


def _note(graded: Candidate, others: Sequence[Candidate]) -> OtherNotebooks:
    listed = _listed([one.name for one in others])
    more = max(0, len(others) - _MAX_LISTED)
    same = all(one.notebook.cells == graded.notebook.cells for one in others)
    most = max(one.answers for one in others)
    return OtherNotebooks(display_name(graded.name), listed, more, graded.answers, most, same)
