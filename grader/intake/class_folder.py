"""A class's folder or archive → one path each: files side by side, or a folder or an archive per student.

A folder is always a class. A file is a class when it is an archive of several submissions at its top, where
a top that is a single folder is gone into: so a zip of a folder of submissions is one, however it was made.
Submissions are notebooks, modules, archives and folders: the zip of *one* student's tree is only told apart
by being named alone, to ``grader check``, or by lying in a folder of such zips.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from grader.intake import class_archive, files
from grader.intake.errors import UnreadableError
from grader.intake.names import display_name, is_archive, is_hidden, is_submission
from grader.intake.outputs import is_output_folder
from grader.model.reasons import LeftOut, LeftOutReason

_MAX_LEFT_OUT = 300
_LIKE_AN_ANSWER = re.compile(
    r"\.(?:ipynb|py|zip|tar|tgz|gz)[\s.(~_-][^/]*|\.(?:ipynb|pyw?|pdf|docx?|odt|rtf|html?|xz|rar|7z|zipx|r|m)",
    re.I,
)
"""How the name of a file ends that somebody may have handed in as an answer, and that is not read."""


def find_submissions(path: Path) -> list[Path]:
    """Every submission of a class, sorted by name. One file, tree or archive by itself is a class of one.

    A submission in an archive has a path that goes on inside it, ``class.zip/ann``; nothing is extracted.
    Raises UnreadableError where an archive cannot be read as a whole: that is nobody's 0 points.
    """
    if os.path.isdir(path):
        return sorted(entry for entry in path.iterdir() if not _reason(entry) and _counts(entry))
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


def _counts(entry: Path) -> bool:
    return is_submission(entry.name, is_folder=os.path.isdir(entry))


def _reason(entry: Path) -> LeftOutReason | None:
    """Why an entry of a class's folder is not graded; None where it is, or where that goes unsaid."""
    if is_hidden(entry.name):
        return None
    if entry.is_symlink():
        return "link"
    if os.path.isdir(entry):
        return "output" if is_output_folder(entry) else None
    if _counts(entry):
        return None if files.is_plain(entry) else "not plain"
    return "other kind" if _ends_like_an_answer(entry.name) else None


def _ends_like_an_answer(name: str) -> bool:
    ending = re.search(r"\.[^.]*(?:\.[^.]*)?\Z", name)
    return ending is not None and any(
        _LIKE_AN_ANSWER.fullmatch(part) for part in (ending[0], ending[0][ending[0].rfind(".") :])
    )
