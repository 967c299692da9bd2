"""A zip → its entries, read in memory. Every size that it declares is a claim, and is bounded as one."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import BinaryIO

from grader.intake import names
from grader.intake.bounds import MAX_DIRECTORY, MAX_ENTRIES, MAX_LISTED, ArchiveBounds
from grader.intake.contents import Member, without_environments
from grader.intake.environments import Environments
from grader.intake.errors import LeftOutError, UnreadableError, refuse_damaged, refuse_entries
from grader.model.reasons import LeftOut

_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""bzip2 and LZMA are inflated a block at a time, whatever its size: they cannot be bounded."""
_ENCRYPTED, _UTF8 = 0x1 | 0x40, 0x800
_LOCAL_HEADER = 30
_ENTRY = b"PK\x01\x02"
_ENTRY_HEADER = 46
_CHUNK = 1 << 16
# What zipfile and zlib raise, on any of the Pythons, where bytes are not what they should be.
_DAMAGE_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    IndexError,
    MemoryError,
)


class _Bounded(io.BufferedIOBase):
    """A file that refuses to be read in one piece larger than a zip's list of entries may be."""

    def __init__(self, file: BinaryIO, bounds: ArchiveBounds) -> None:
        self.file, self.bounds = file, bounds

    def read(self, size: int | None = -1, /) -> bytes:
        limit = self.bounds.directory
        whole = size is None or size < 0
        data = self.file.read(limit + 1 if whole else min(size or 0, limit + 1))
        # The list of entries comes in one piece: counted here, before each of them takes 500 bytes of memory.
        listed = data.count(_ENTRY)
        if len(data) > limit or listed > max(MAX_LISTED, self.bounds.entries):
            refuse_entries(self.bounds)
        if listed > self.bounds.entries and _entries_that_count(data) > self.bounds.entries:
            refuse_entries(self.bounds)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def members(file: BinaryIO, bounds: ArchiveBounds | None = None) -> Iterator[Member]:
    """Every entry of a zip, in its own order; they can be read as long as ``file`` is open.

    UnreadableError: it is damaged, or holds too much.
    """
    bounds = bounds or ArchiveBounds(MAX_ENTRIES, MAX_DIRECTORY, 0)
    try:
        archive = zipfile.ZipFile(_Bounded(file, bounds))
    except UnreadableError:
        raise
    except _DAMAGE_ERRORS as error:
        refuse_damaged("zip", error)
    infos = archive.infolist()
    _refuse_overlaps(infos)
    entries = [(names.normalize(_name(info)), info) for info in infos]
    environments = Environments(name for name, _ in entries)
    listed = ((name, info.is_dir(), partial(_member, archive, info, name)) for name, info in entries)
    yield from without_environments(listed, environments, bounds)


def _entries_that_count(data: bytes) -> int:
    """Of a list of entries, how many are of no environment and not hidden; read off its bytes alone."""
    environments = Environments()
    count, place = 0, data.find(_ENTRY)
    while 0 <= place <= len(data) - _ENTRY_HEADER:
        length, extra, comment = struct.unpack_from("<HHH", data, place + 28)
        start = place + _ENTRY_HEADER
        name = data[start : start + length].decode("utf-8", "replace").replace("\\", "/")
        count += not names.is_ignored(name) and environments.folder_of(name) is None
        following = start + length + extra + comment
        place = following if data.startswith(_ENTRY, following) else data.find(_ENTRY, start)
    return count


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    def read(limit: int) -> bytes:
        try:
            with archive.open(info) as file:
                data = bytearray()
                while piece := file.read(min(_CHUNK, limit + 1 - len(data))):
                    data += piece
        except _DAMAGE_ERRORS as error:
            raise LeftOutError(LeftOut(reason="damaged")) from error
        if len(data) > limit:
            raise LeftOutError(LeftOut(reason="declared size"))
        return bytes(data)

    folder = _name(info).endswith(("/", "\\"))
    return Member(name, info.file_size, read, folder, names.name_problem(name) or _refusal(info))


def _refusal(info: zipfile.ZipInfo) -> LeftOut | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return LeftOut(reason="link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return LeftOut(reason="not plain")
    if info.flag_bits & _ENCRYPTED:
        return LeftOut(reason="password")
    if info.compress_type not in _PLAIN:
        return LeftOut(reason="compression")
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """The whole name, past a NUL too. A Mac writes UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _refuse_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes are how a small zip holds petabytes. Newer Pythons refuse them as well."""
    places = sorted((info.header_offset, info.header_offset + info.compress_size) for info in infos)
    for (_, end), (start, _) in pairwise(places):
        if end + _LOCAL_HEADER > start:
            raise UnreadableError(
                "the entries of the zip archive lie over each other: it is damaged; "
                "make it again, and hand it in again"
            )
