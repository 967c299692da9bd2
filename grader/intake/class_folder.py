"""A class's folder or archive → one path each: files side by side, or a folder or an archive per student.

A folder is always a class. A file is a class when it is an archive of several submissions at its top, where
a top that is a single folder is gone into: so a zip of a folder of submissions is one, however it was made.
Submissions are notebooks, modules, archives and folders: the zip of *one* student's tree is only told apart
by being named alone, to ``grader check``, or by lying in a folder of such zips.
"""

from __future__ import annotations

import os
from pathlib import Path

from grader.intake import archive, files
from grader.intake.contents import UnreadableError
from grader.intake.names import fault, is_archive, is_source


def find_submissions(path: Path) -> list[Path]:
    """Every submission of a class, sorted by name. One file, tree or archive by itself is a class of one.

    A submission in an archive has a path that goes on inside it, ``class.zip/ann``; nothing is extracted.
    """
    if os.path.isdir(path):
        return sorted(
            entry
            for entry in path.iterdir()
            if _is_submission(entry.name, is_folder := os.path.isdir(entry) and not entry.is_symlink())
            and (is_folder or files.is_plain(entry))
        )
    if not is_archive(path.name) or not files.is_plain(path):
        return [path]
    try:
        return _in_archive(path) or [path]
    except (UnreadableError, OSError):
        return [path]  # reading it says why


def _is_submission(name: str, is_folder: bool) -> bool:
    return not name.startswith((".", "__", "~$")) and (is_folder or is_source(name) or is_archive(name))


def _in_archive(path: Path) -> list[Path]:
    """The submissions at the top of an archive; none when it is one submission itself."""
    with files.open_plain(path) as file:
        # What is refused for another reason than its name is somebody's all the same, and says why.
        every = [(m.name, m.folder) for m in archive.members(file) if not fault(m.name)]
    inside = ""
    entries = _entries(every, inside)
    if len(entries) == 1 and all(entries.values()):
        (inside,) = (f"{name}/" for name in entries)
        entries = _entries(every, inside)
    # One archive by itself is a student's; a class's own would be one level too deep for what is in it.
    if len(entries) > 1 or any(is_archive(name) and not folder for name, folder in entries.items()):
        return sorted(path / (inside + name) for name in entries)
    return []


def _entries(every: list[tuple[str, bool]], inside: str) -> dict[str, bool]:
    """The submissions right in a folder of an archive, and whether each is a folder."""
    found: dict[str, bool] = {}
    for whole, folder in every:
        if whole.startswith(inside):
            name, deeper, _ = whole[len(inside) :].partition("/")
            is_folder = folder or bool(deeper)
            if name and _is_submission(name, is_folder):
                found[name] = is_folder or found.get(name, False)
    return found
