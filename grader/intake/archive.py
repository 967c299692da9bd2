"""An archive, and what a path that goes on inside one names: ``class.zip/ann``, ``class.zip/bob.zip``.

Nothing is ever extracted. A class's archive may hold students' archives; those hold files and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from grader.intake import names, tars, zips
from grader.intake.bounds import MAX_ENTRIES, ArchiveBounds
from grader.intake.contents import Member
from grader.intake.errors import UnreadableError

_HEAD = 512
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = {
    b"Rar!": "a RAR",
    b"7z\xbc\xaf": "a 7-Zip",
    b"\xfd7zXZ": "an xz",
    b"BZh": "a bzip2",
    b"%PDF": "a PDF",
}


def members(file: BinaryIO, bounds: ArchiveBounds | None = None) -> Iterator[Member]:
    """Every entry of an archive, by what it is and not by what it is called.

    ``bounds``: by default those of one student's archive. UnreadableError: it is damaged, or holds too much.
    """
    head = _head(file)
    if head.startswith(_ZIP):
        return zips.members(file, bounds)
    if head[:2] == b"\x1f\x8b":
        return tars.members(tars.GzippedTar(file, bounds), bounds)
    if head[257:262] == b"ustar":
        return tars.members(tars.PlainTar(file), bounds)
    if not head.strip(b"\0"):
        raise UnreadableError("the archive is empty; make it again, and hand it in again")
    kind = next((kind for start, kind in _OTHERS.items() if head.startswith(start)), "")
    if kind:
        raise UnreadableError(f"this is {kind} file; hand in a .zip, or the notebook itself")
    raise UnreadableError(
        "this is no archive, whatever its name says; hand in a .zip, or the notebook itself"
    )


def split(path: Path) -> tuple[Path, str]:
    """The longest part of a path that is on disk, and the rest: a name inside it."""
    for place in (path, *path.parents):
        try:
            place.lstat()
        except (OSError, ValueError):
            continue
        return place, "" if place == path else path.relative_to(place).as_posix()
    return path, ""


def is_zip(file: BinaryIO) -> bool:
    """Whether an archive is a zip, whose entries can be read in any order."""
    return _head(file).startswith(_ZIP)


def strip_folder(class_members: Iterable[Member], inside: str) -> Iterator[Member]:
    """The entries of one student in a class's archive, as if they were alone, and bounded as if they were.

    A class's archive may hold far more than one student may: who hands in 20,001 files loses by it alone.
    """
    entries = 0
    for member in class_members:
        own = member.name == inside and not member.folder
        if not own and not member.name.startswith(inside + "/"):
            continue
        entries += not names.is_ignored(member.name)
        if entries > MAX_ENTRIES:
            raise UnreadableError(
                f"there are more than {MAX_ENTRIES} files and folders in it; "
                "hand in the notebook and your modules, without data"
            )
        yield replace(member, name=inside.rpartition("/")[2] if own else member.name[len(inside) + 1 :])


def _head(file: BinaryIO) -> bytes:
    """The first bytes, which tell what a file is; it is left at its beginning."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    return head
