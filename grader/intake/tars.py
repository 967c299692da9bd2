"""A tar, plain or gzipped → its entries, in one pass through memory that is bounded from the outside.

The headers are tarfile's; the walk is not: ``tarfile.open`` calls itself for each header that lengthens a
name, believes negative sizes, and reads as much as a header says.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from grader.intake import names
from grader.intake.bounds import MAX_ENTRIES, MAX_INFLATED, MAX_LISTED, MAX_TAR_NAME, ArchiveBounds
from grader.intake.contents import Member, without_environments
from grader.intake.environments import Environments
from grader.intake.errors import LeftOutError, refuse_damaged, refuse_entries, refuse_size
from grader.model.reasons import LeftOut

_BLOCK, _CHUNK = 512, 1 << 16
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)
_EMPTY = (*_LINKS, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
_NAMES = (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_SKIPPED = (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE)
_LARGEST = 1 << 40
_RECORDS = 100
"""Lines of a pax header: real ones have a dozen."""


class PlainTar:
    """The bytes of a tar that is not compressed."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def read(self, size: int) -> bytes:
        """So many bytes; fewer at the end."""
        return self.file.read(size)

    def skip(self, size: int) -> None:
        """Go on by so many bytes, which must be there."""
        if size:
            self.file.seek(size - 1, 1)
            if not self.file.read(1):
                refuse_damaged("tar")

    def finish(self) -> None:
        """See that the end is the end."""


class GzippedTar:
    """The bytes of a gzipped tar: never more than were asked for, and bounded in all."""

    def __init__(self, file: BinaryIO, bounds: ArchiveBounds | None = None) -> None:
        self.file = file
        self.engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.bounds = bounds or _own_bounds()
        self.bytes_left = self.bounds.inflated

    def read(self, size: int) -> bytes:
        """So many bytes; fewer at the end."""
        data = bytearray()
        while len(data) < size and not self.engine.eof:
            packed = self.engine.unconsumed_tail or self.file.read(_CHUNK)
            if not packed:
                refuse_damaged("tar")
            try:
                data += self.engine.decompress(packed, size - len(data))
            except zlib.error as error:
                refuse_damaged("tar", error)
        self.bytes_left -= len(data)
        if self.bytes_left < 0:
            refuse_size(self.bounds)
        return bytes(data)

    def skip(self, size: int) -> None:
        """Go on by so many bytes, which must be there."""
        while size:
            piece = len(self.read(min(size, _CHUNK)))
            if not piece:
                refuse_damaged("tar")
            size -= piece

    def finish(self) -> None:
        """See that the end is the end: the checksum stands after it."""
        while self.read(_CHUNK):
            pass


def members(stream: PlainTar | GzippedTar, bounds: ArchiveBounds | None = None) -> Iterator[Member]:
    """Every entry of a tar. UnreadableError: it is damaged, or holds too much."""
    bounds = bounds or _own_bounds()
    listed = ((member.name, member.folder, partial(_same, member)) for member in _members(stream, bounds))
    yield from without_environments(listed, Environments(), bounds)


def _same(member: Member) -> Member:
    return member


def _members(stream: PlainTar | GzippedTar, bounds: ArchiveBounds) -> Iterator[Member]:
    longer = ""
    headers = entries = 0
    while headers <= 3 * bounds.entries and entries <= max(bounds.entries, MAX_LISTED):
        headers += 1
        block = stream.read(_BLOCK)
        if not block.strip(b"\0"):
            stream.finish()
            return
        header = _header(block)
        padded = -(-header.size // _BLOCK) * _BLOCK
        if header.type in _NAMES:
            if header.size > MAX_TAR_NAME:
                refuse_damaged("tar")
            data = stream.read(padded)[: header.size]
            longer = _long_name(header.type, data) or longer
            continue
        if header.type in _SKIPPED:
            stream.skip(padded)
            continue
        size = 0 if header.type in _EMPTY else header.size
        yield from _member(stream, longer or header.name, header.type, size)
        longer = ""
        headers, entries = 0, entries + 1
    refuse_entries(bounds)


def _own_bounds() -> ArchiveBounds:
    """Those of one student's archive."""
    return ArchiveBounds(MAX_ENTRIES, 0, MAX_INFLATED)


def _member(stream: PlainTar | GzippedTar, name: str, kind: bytes, size: int) -> Iterator[Member]:
    left = -(-size // _BLOCK) * _BLOCK

    def read(limit: int) -> bytes:
        nonlocal left
        if size > limit:
            raise LeftOutError(LeftOut(reason="declared size"))
        data = stream.read(left)
        if len(data) < left:
            raise LeftOutError(LeftOut(reason="cut off"))
        left = 0
        return data[:size]

    refusal = None
    if kind in _LINKS:
        refusal = LeftOut(reason="link")
    elif kind not in (*_FILES, tarfile.DIRTYPE):
        refusal = LeftOut(reason="not plain")
    normalize = names.normalize(name)
    yield Member(normalize, size, read, kind == tarfile.DIRTYPE, names.name_problem(normalize) or refusal)
    stream.skip(left)


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError, OverflowError) as error:
        refuse_damaged("tar", error)
    if not 0 <= header.size < _LARGEST:
        refuse_damaged("tar")
    return header


def _long_name(kind: bytes, data: bytes) -> str:
    """The name in a header of its own: GNU's is the text, pax's is one of its ``length key=value`` lines."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        return data.rstrip(b"\0").decode("utf-8", "surrogateescape")
    name, start = "", 0
    for _ in range(_RECORDS):
        if start >= len(data):
            return name
        length = data[start : start + 8].partition(b" ")[0]
        if not length.isdigit() or start + int(length) > len(data):
            refuse_damaged("tar")
        key, _, value = data[start + len(length) + 1 : start + int(length) - 1].partition(b"=")
        if key == b"path":
            name = value.decode("utf-8", "surrogateescape")
        elif key == b"size":  # more than 8 GB, or a lie about where the next header is
            refuse_damaged("tar")
        start += int(length)
    return refuse_damaged("tar")
