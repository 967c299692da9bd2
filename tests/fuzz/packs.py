"""Archives, made of files and mutated: cut off, turned bits, entries that lie, archives inside archives."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from random import Random

from tests.fuzz import names
from tests.intake.archives import entry, link, overlapping, tarred, zipped

Files = Mapping[bytes, bytes]
ENDINGS = (b".zip", b".tar", b".tar.gz", b".tgz")
_DIRECTORY, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_NUMBERS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)


def packed(random: Random, files: Files, ending: bytes) -> bytes:
    """An archive of files, as a right tool would make it."""
    named = {_text(name): data for name, data in files.items()}
    if ending == b".zip":
        return zipped(named, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    data = tarred(named, "w")
    return data if ending == b".tar" else _gzipped(data)


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 1, mtime=0)  # a mutant is the same at any time


def mutate(random: Random, data: bytes) -> bytes:
    """One mutation of an archive's bytes."""
    return random.choice(_kinds(data))(random, data)


def odd(random: Random, files: Files, dear: float) -> bytes:
    """An archive that no tool would make of these files; with probability ``dear``, a bomb."""
    return random.choice(BOMBS if random.random() < dear else ODD)(random, files)


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace") or "_"


def _kinds(data: bytes) -> Sequence[Callable[[Random, bytes], bytes]]:
    if data.startswith(b"PK"):
        return (*ANY, *ZIP)
    return (*ANY, *GZIP) if data.startswith(b"\x1f\x8b") else (*ANY, *TAR)


def _truncated(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _bits_turned(random: Random, data: bytes) -> bytes:
    return _turned(random, data, 0, len(data))


def _turned(random: Random, data: bytes, start: int, end: int) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 20))):
        if end > start:
            changed[random.randrange(start, end)] ^= 1 << random.randrange(8)
    return bytes(changed)


def _piece_doubled(random: Random, data: bytes) -> bytes:
    at, size = random.randrange(len(data) + 1), random.choice((1, 30, 512, 5_000))
    return data[:at] + data[at : at + size] * 2 + data[at + size :]


def _piece_lost(random: Random, data: bytes) -> bytes:
    at, size = random.randrange(len(data) + 1), random.choice((1, 30, 512, 5_000))
    return data[:at] + data[at + size :]


def _around(random: Random, data: bytes) -> bytes:
    piece = random.choice(
        (b"\0" * 1_024, b"#!/bin/sh\n", _END + bytes(18), data, b"PK", b"\x1f\x8b\x08", bytes(99))
    )
    return piece + data if random.random() < 0.5 else data + piece


def _directory_turned(random: Random, data: bytes) -> bytes:
    start = data.find(_DIRECTORY)
    return _turned(random, data, max(start, 0), len(data))


def _header_turned(random: Random, data: bytes) -> bytes:
    at = random.choice(_places(data, _LOCAL) or [0])
    return _turned(random, data, at, min(at + 46, len(data)))


def _field_lies(random: Random, data: bytes) -> bytes:
    """A number of a header replaced: sizes, offsets, methods, flags, counts."""
    mark = random.choice((_DIRECTORY, _LOCAL, _END))
    places = _places(data, mark)
    if not places:
        return data
    fields = {
        _LOCAL: ((6, "H"), (8, "H"), (14, "I"), (18, "I"), (22, "I"), (26, "H"), (28, "H")),
        _DIRECTORY: (
            (8, "H"),
            (10, "H"),
            (16, "I"),
            (20, "I"),
            (24, "I"),
            (28, "H"),
            (30, "H"),
            (32, "H"),
            (38, "I"),
            (42, "I"),
        ),
        _END: ((4, "H"), (8, "H"), (10, "H"), (12, "I"), (16, "I"), (20, "H")),
    }[mark]
    changed = bytearray(data)
    for place in random.sample(places, random.randrange(1, len(places) + 1)):
        at, form = random.choice(fields)
        number = random.choice((*_NUMBERS, random.randrange(1 << 16)))
        if place + at + 4 <= len(changed):
            struct.pack_into(
                "<" + form, changed, place + at, number & (0xFFFF if form == "H" else 0xFFFFFFFF)
            )
    return bytes(changed)


def _places(data: bytes, mark: bytes) -> list[int]:
    places: list[int] = []
    at = data.find(mark)
    while at >= 0 and len(places) < 500:
        places.append(at)
        at = data.find(mark, at + 1)
    return places


def _tar_field_lies(random: Random, data: bytes) -> bytes:
    """A field of a tar's header replaced, with the right sum again."""
    places = [at for at in range(0, len(data) - 511, 512) if data[at + 257 : at + 262] == b"ustar"]
    if not places:
        return data
    changed = bytearray(data)
    for at in random.sample(places, random.randrange(1, min(len(places), 4) + 1)):
        start, size = random.choice(
            ((0, 100), (100, 8), (124, 12), (136, 12), (156, 1), (157, 100), (257, 8), (345, 155))
        )
        value = random.choice((
            b"\0" * size, b"\xff" * size, b"7" * size, b"-1", b"\x80" + b"\0" * (size - 2) + b"\x7f",
            b" " * size, b"x", b"L", b"K", b"g",
            b"S", b"5", b"1", b"2", bytes(random.randrange(256) for _ in range(size)), b"00000000777\0",
        ))  # fmt: skip
        changed[at + start : at + start + size] = value[:size].ljust(size, b"\0")
        changed[at + 148 : at + 156] = b" " * 8
        changed[at + 148 : at + 156] = b"%06o\0 " % (sum(changed[at : at + 512]) & 0o777777)
    return bytes(changed)


def _inside_gzip(random: Random, data: bytes) -> bytes:
    """A mutation of the tar, zipped again as it should be."""
    try:
        inner = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return data
    return _gzipped(random.choice((*ANY, *TAR))(random, inner))


def _gzip_odd(random: Random, data: bytes) -> bytes:
    return random.choice(
        (
            data + b"garbage",
            data + data,
            data + _gzipped(b"\0" * 2_000),
            _gzipped(data),
            data[:-8] + bytes(8),
            data[:-4],
            b"\x1f\x8b" + data[2:9] + b"\xff" + data[10:],
            b"\x1f\x8b\x08\x04\0\0\0\0\0\0\xff\xff" + data,
            b"\x1f\x8b\x08\x18" + data[4:],
            data[:10] + bytes(200),
            b"\x1f\x8b\x07" + data[3:],
        )
    )


ANY = (_truncated, _bits_turned, _piece_doubled, _piece_lost, _around)
ZIP = (_directory_turned, _directory_turned, _header_turned, _field_lies, _field_lies)
TAR = (_tar_field_lies, _tar_field_lies)
GZIP = (_inside_gzip, _inside_gzip, _gzip_odd)


def _nested(random: Random, files: Files) -> bytes:
    data = packed(random, files, random.choice(ENDINGS))
    for _ in range(random.choice((1, 1, 2, 30))):
        inner = random.choice((b"a.zip", b"x/a.zip", b"a.tar.gz", b"a.tar", names.inner(random)))
        data = packed(random, {inner: data}, random.choice((b".zip", b".tar")))
    return data


def _odd_names(random: Random, files: Files) -> bytes:
    """The same files under other names, some of them twice."""
    pairs = [
        (_text(names.inner(random)), data) for data in files.values() for _ in range(random.choice((1, 1, 3)))
    ]
    if random.random() < 0.5:
        return zipped(pairs)
    buffer = io.BytesIO()
    form = random.choice((tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in pairs:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _links(random: Random, files: Files) -> bytes:
    target = random.choice(("/etc/passwd", "..", "a.py", "/dev/zero", "hw.ipynb", ""))
    if random.random() < 0.5:
        entries: list[tuple[str | zipfile.ZipInfo, bytes]] = [
            (_text(name), data) for name, data in files.items()
        ]
        return zipped(
            [*entries, (link("hw.ipynb"), target.encode()), (link("d"), b".."), ("d/a.py", b"x = 1")]
        )
    kinds = (
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
        b"Z",
    )
    return tarred([entry(_text(names.inner(random)), random.choice(kinds), target) for _ in range(5)])


def _overlapping(random: Random, files: Files) -> bytes:
    return overlapping(random.choice((2, 300, 30_000)))


def _many_entries(random: Random, files: Files) -> bytes:
    count = random.choice((390, 410, 3_000))
    return zipped(
        {f"d{n % 7}/f{n}.{random.choice(('py', 'ipynb', 'txt'))}": b"x = 1" for n in range(count)},
        zipfile.ZIP_STORED,
    )


def _pax(random: Random, files: Files) -> bytes:
    """A tar whose extended headers say anything."""
    word = random.choice(
        ("path", "size", "linkpath", "hdrcharset", "GNU.sparse.map", "GNU.sparse.size", "mtime", "x" * 300)
    )
    value = random.choice(
        ("0", "-1", "9" * 400, "a/../../b", "\0", "", "BINARY", "nan", "1,2,3", "x" * 70_000)
    )
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT, pax_headers={word: value}
    ) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(_text(name))
            info.size, info.pax_headers = len(data), {word: value}
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _no_archive(random: Random, files: Files) -> bytes:
    heads = (
        b"",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"BZh9",
        b"\xfd7zXZ\0",
        b"%PDF-1.4",
        b"PK\x05\x06" + bytes(18),
        b"PK\x03\x04",
        b"\x1f\x8b",
    )
    return random.choice(heads) + random.choice((b"", bytes(2_000), b"x" * 300))


def _bomb_in_a_zip(random: Random, files: Files) -> bytes:
    return zipped(
        {
            "hw.ipynb": bytes(random.choice((6, 40)) << 20),
            **{_text(name): data for name, data in files.items()},
        }
    )


def _bomb_in_a_tar(random: Random, files: Files) -> bytes:
    return gzip.compress(tarred({"data.bin": bytes(64 << 20), "hw.py": b"x = 1"}), 1)


ODD = (_nested, _nested, _odd_names, _odd_names, _links, _overlapping, _many_entries, _pax, _no_archive)
BOMBS = (_bomb_in_a_zip, _bomb_in_a_tar)
