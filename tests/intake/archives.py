"""Archives for tests, made in memory: right ones, and ones that no tool would make."""

from __future__ import annotations

import io
import json
import stat
import struct
import tarfile
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

CODE = b"def f(x):\n    return x\n"
NOTEBOOK = json.dumps(
    {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": CODE.decode(), "metadata": {}}]}
).encode()


def zipped(
    files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]],
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A zip of names and contents; pairs may repeat a name, or be a ZipInfo with marks of its own."""
    pairs = files.items() if isinstance(files, Mapping) else files
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name that is there twice
        for name, data in pairs:
            archive.writestr(name, data)
    return buffer.getvalue()


def marked(name: str, mode: int) -> zipfile.ZipInfo:
    """An entry with a Unix mode: ``stat.S_IFLNK`` makes a link of it."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (mode | 0o644) << 16
    return info


def link(name: str) -> zipfile.ZipInfo:
    """A symbolic link."""
    return marked(name, stat.S_IFLNK)


def patched(data: bytes, field: str, value: int) -> bytes:
    """A zip of one entry, with a field of both of its headers changed."""
    local, central, form = {
        "flags": (6, 8, "<H"),
        "method": (8, 10, "<H"),
        "crc": (14, 16, "<I"),
        "size": (22, 24, "<I"),
    }[field]
    changed = bytearray(data)
    struct.pack_into(form, changed, local, value)
    struct.pack_into(form, changed, data.index(b"PK\x01\x02") + central, value)
    return bytes(changed)


def overlapping(copies: int) -> bytes:
    """A zip whose every entry is the same bytes: how 42 MB become 4.5 PB."""
    data = zipped({"a.py": CODE})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory, said = data[start:end] * copies, copies & 0xFFFF
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, said, said, len(directory), start, 0)
    return data[:start] + directory + tail


def tarred(
    members: Mapping[str, bytes] | Iterable[tarfile.TarInfo], mode: str = "w", **options: int
) -> bytes:
    """A tar (``w:gz``: gzipped) of names and contents, or of entries without any."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, **options) as archive:  # type: ignore[call-overload]
        if isinstance(members, Mapping):
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        else:
            for info in members:
                archive.addfile(info)
    return buffer.getvalue()


def entry(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    """An entry of a tar that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def put(path: Path, data: bytes) -> Path:
    """Write a file, its folders too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
