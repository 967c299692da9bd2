"""A class's folder or archive → one path each: files side by side, or a folder or an archive per student.

A folder is always a class. A file is a class when it is an archive of several submissions at its top, where
a top that is a single folder is gone into: so a zip of a folder of submissions is one, however it was made.
Submissions are notebooks, modules, archives and folders: the zip of *one* student's tree is only told apart
by being named alone, to ``grader check``, or by lying in a folder of such zips.
"""

from __future__ import annotations

import os
from pathlib import Path

from grader.intake import class_archive, files, platforms
from grader.intake.class_archive import as_upload
from grader.intake.contents import Member
from grader.intake.errors import UnreadableError
from grader.intake.names import (
    display_name,
    is_archive,
    is_hidden,
    is_like_an_answer,
    is_of_an_instructor,
    is_submission,
    may_be_notebook,
)
from grader.intake.notebook_text import looks_like_notebook
from grader.intake.outputs import is_output_folder
from grader.model.reasons import LeftOut, LeftOutReason

_MAX_LEFT_OUT = 300
_HEAD = 4096
_NOTEBOOK = 1 << 16


def find_submissions(path: Path) -> list[Path]:
    """Every submission of a class, sorted by name. One file, tree or archive by itself is a class of one.

    A submission in an archive has a path that goes on inside it, ``class.zip/ann``; nothing is extracted.
    Several files that a learning platform names as one student's have one path too, ``class/ann_123``. What
    cannot be read and looks like an answer is a submission as well, since it is somebody's.
    Raises UnreadableError where an archive cannot be read as a whole: that is nobody's 0 points.
    """
    if os.path.isdir(path):
        entries = [entry for entry in path.iterdir() if _counts(entry)]
        groups = _groups(path, [entry.name for entry in entries])
        grouped = {name for own in groups.values() for name in own}
        alone = [entry for entry in entries if entry.name not in grouped]
        return sorted([*alone, *(path / student for student in groups)])
    if not is_archive(path.name):
        return [path]
    if path.is_symlink() or (path.exists() and not files.is_plain(path)):
        raise UnreadableError(f"{display_name(path.name)} is no plain file: name the archive itself")
    try:
        return [path / name for name in class_archive.open_class(path).students] or [path]
    except UnreadableError as error:
        raise UnreadableError(f"{display_name(path.name)} cannot be read: {error}") from error
    except OSError as error:
        raise UnreadableError(
            f"{display_name(path.name)} cannot be read: {error.strerror or error}"
        ) from error


def skipped_entries(path: Path) -> list[tuple[str, LeftOut]]:
    """Names at the top of a class's folder that are no submissions, though one might think so, and why."""
    if not os.path.isdir(path):
        return []
    reasons = [(display_name(entry.name), _reason(entry)) for entry in sorted(path.iterdir())]
    return [(name, LeftOut(name, reason)) for name, reason in reasons if reason][:_MAX_LEFT_OUT]


def group_members(folder: Path, student: str) -> list[Member]:
    """The files of a class's folder that a learning platform names as one student's; empty where none are."""
    try:
        entries = [entry for entry in folder.iterdir() if _counts(entry)]
    except OSError:
        return []
    own = _groups(folder, [entry.name for entry in entries]).get(student, ())
    earlier = platforms.earlier_uploads(own)
    members: list[Member] = []
    for name in own:
        if os.path.isdir(folder / name):
            members += files.members(folder / name)
        else:
            members.append(as_upload(files.member(folder / name, name), earlier))
    return members


def _groups(folder: Path, entries: list[str]) -> dict[str, list[str]]:
    """Students with several entries, whose own name is no entry itself."""
    groups = platforms.by_student(entries)
    return {student: own for student, own in groups.items() if not os.path.lexists(folder / student)}


def _counts(entry: Path) -> bool:
    """Whether an entry of a class's folder is somebody's answer. A linked folder is not gone into."""
    if os.path.isdir(entry):
        return not entry.is_symlink() and is_submission(entry.name, True) and not is_output_folder(entry)
    if is_submission(entry.name, False) or is_like_an_answer(entry.name):
        return True
    return not is_hidden(entry.name) and may_be_notebook(entry.name) and _is_notebook(entry)


def _is_notebook(entry: Path) -> bool:
    """Whether a file of another ending begins as a notebook does."""
    if not files.is_plain(entry):
        return False
    try:
        with files.open_plain(entry) as file:
            head = file.read(_HEAD)
            if b'"cells"' not in head:
                return False
            file.seek(-min(_NOTEBOOK, entry.lstat().st_size), os.SEEK_END)
            return looks_like_notebook(head + file.read(_NOTEBOOK))
    except (OSError, UnreadableError):
        return False


def _reason(entry: Path) -> LeftOutReason | None:
    """Why an entry of a class's folder is not graded; None where it is, or where that goes unsaid."""
    if is_hidden(entry.name) or _counts(entry):
        return None
    if entry.is_symlink():
        return "link"
    if os.path.isdir(entry):
        return "output" if is_output_folder(entry) else None
    if is_of_an_instructor(entry.name):
        return None
    return "other kind" if files.is_plain(entry) else "not plain"
