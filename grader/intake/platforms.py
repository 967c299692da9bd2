"""Names that learning platforms give to files: whose a file is, what it was called, which upload it is.

::

    Canvas       example_ann_LATE_12345_67890_two_layer_net-2.ipynb
    Moodle       Ann Example_12345_assignsubmission_file_two_layer_net.ipynb
    Blackboard   Homework 1_ann01_attempt_2026-04-01-10-11-12_two_layer_net.ipynb
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from grader.intake import names
from grader.intake.contents import Upload

_MAX_NAME = 400
_CANVAS = re.compile(
    r"(?P<student>[^/]+?)(?P<late>_LATE)?_(?!(?:19|20)\d\d_[01]\d[0-3]\d_)"
    r"(?P<user>\d\d+)_(?P<number>\d{4,})_(?P<file>[^/]+)",
    re.I,
)
"""Numbers of a user and of a file, and no date."""
_MOODLE = re.compile(r"(?P<student>[^/]+?)_(?P<user>\d+)_assignsubmission_[a-z]+_?(?P<file>[^/]*)")
_BLACKBOARD = re.compile(
    r"[^/]*?_?(?P<student>[^/_]+)_attempt_(?P<number>\d{4}(?:-\d\d){5})(?:_(?P<file>[^/]+)|\.txt)"
)
_AGAIN = re.compile(r"(?P<stem>.+?)-(?P<number>[1-9]\d?)(?P<ending>(?:\.tar)?\.[^.]+)")


@dataclass(frozen=True, slots=True)
class PlatformName:
    """What a platform's name says of a file."""

    student: str
    """The student's name and number, as the platform writes them."""
    file: str
    """What the student called it, without the number that a second upload gets; may be empty."""
    order: tuple[int, int]
    """Of several uploads the later ones are larger."""
    late: bool = False

    @property
    def upload(self) -> Upload:
        """Which upload of which file it is."""
        return Upload(self.file, self.order, self.late)


def read_name(name: str) -> PlatformName | None:
    """Whose a file or a folder is by its name; None where no platform named it."""
    if len(name) > _MAX_NAME:
        return None
    for form in (_MOODLE, _BLACKBOARD, _CANVAS):
        match = form.fullmatch(name)
        if match is not None:
            fields = match.groupdict()
            file, again = _again(fields["file"] or "")
            number = int(re.sub(r"\D", "", fields.get("number") or "") or 0)
            order = (number, again) if form is _BLACKBOARD else (again, number)
            student = "_".join(filter(None, (fields["student"], fields.get("user"))))
            return PlatformName(student, file, order, bool(fields.get("late")))
    return None


def by_student(entries: Iterable[str]) -> dict[str, list[str]]:
    """Names of files and folders by the student whose they are, for students with several."""
    students: dict[str, list[str]] = {}
    for name in sorted(entries):
        known = read_name(name)
        if known is not None:
            students.setdefault(known.student, []).append(name)
    return {student: own for student, own in students.items() if len(own) > 1}


def earlier_uploads(own: Iterable[str]) -> frozenset[str]:
    """Those of a student's files that were handed in again; notebooks apart, whose answers decide."""
    last: dict[str, tuple[tuple[int, int], str]] = {}
    every = [(name, known) for name in own if (known := read_name(name)) is not None]
    for name, known in every:
        if known.file and not names.read_as(known.file).endswith(".ipynb"):
            last[known.file] = max(last.get(known.file, (known.order, name)), (known.order, name))
    return frozenset(name for name, known in every if known.file in last and last[known.file][1] != name)


def name_inside(name: str) -> str:
    """How a file is called among its student's: notebooks keep their whole name, of which none is twice."""
    known = read_name(name)
    if known is None or not known.file or names.read_as(known.file).endswith(".ipynb"):
        return name
    return known.file


def _again(file: str) -> tuple[str, int]:
    """``hw-2.ipynb`` as ``hw.ipynb`` and 2."""
    match = _AGAIN.fullmatch(file)
    return (match["stem"] + match["ending"], int(match["number"])) if match else (file, 0)
