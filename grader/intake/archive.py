"""An archive, and what a path that goes on inside one names: ``class.zip/ann``, ``class.zip/bob.zip``.

Nothing is ever extracted. A class's archive may hold students' archives; those hold files and no more.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from grader.intake import files, tars, zips
from grader.intake.contents import Contents, Member, UnreadableError, collect

_HEAD = 512
_OTHERS = {
    b"Rar!": "a RAR", b"7z\xbc\xaf": "a 7-Zip", b"\xfd7zXZ": "an xz", b"BZh": "a bzip2", b"%PDF": "a PDF",
}  # fmt: skip


def members(file: BinaryIO) -> Iterator[Member]:
    """Every entry of an archive, by what it is and not by what it is called."""
    head = file.read(_HEAD)
    file.seek(0)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return zips.members(file)
    if head[:2] == b"\x1f\x8b":
        return tars.members(tars.Gzipped(file))
    if head[257:262] == b"ustar":
        return tars.members(tars.Plain(file))
    if not head.strip(b"\0"):
        raise UnreadableError("the archive is empty; make it again, and hand it in again")
    kind = next((kind for start, kind in _OTHERS.items() if head.startswith(start)), "")
    what = f"this is {kind} file" if kind else "this is no archive, whatever its name says"
    raise UnreadableError(f"{what}; hand in a .zip, or the notebook itself")


def split(path: Path) -> tuple[Path, str]:
    """The longest part of a path that is on disk, and the rest: a name inside it."""
    for place in (path, *path.parents):
        try:
            place.lstat()
        except (OSError, ValueError):
            continue
        return place, "" if place == path else path.relative_to(place).as_posix()
    return path, ""


def contents(path: Path, inside: str = "") -> Contents:
    """What an archive holds; or, of a class's archive, one student's file, folder or archive."""
    with files.open_plain(path) as file:
        if not inside:
            return collect(members(file))
        return collect(_below(members(file), inside), unpack)


def unpack(name: str, data: bytes) -> Contents:
    """What an archive inside a student's folder holds, in memory."""
    try:
        return collect(members(io.BytesIO(data)))
    except UnreadableError as error:
        return Contents(problem=str(error))


def _below(every: Iterator[Member], inside: str) -> Iterator[Member]:
    """The entries of one student, as if they were alone."""
    for member in every:
        if member.name == inside and not member.folder:
            yield replace(member, name=inside.rpartition("/")[2])
        elif member.name.startswith(inside + "/"):
            yield replace(member, name=member.name.removeprefix(inside + "/"))
