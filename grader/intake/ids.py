"""Ids of submissions: each names a folder of its own on any file system, and stands in a table."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.intake import names, platforms

MAX_ID = 100
"""Characters of an id."""
MAX_ID_BYTES = 200
"""Bytes of an id: file systems take 255, and what stands beside it adds an ending."""

# On Windows these are devices with any ending, and no file can be called so.
_DEVICE = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com\d|lpt\d) *(\..*)?", re.I | re.S)
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')


def submission_id(path: Path) -> str:
    """The id of one submission by itself: its name without the ending."""
    return submission_ids([path])[0]


def submission_ids(paths: Sequence[Path]) -> list[str]:
    """One id for each path, in order.

    An id is the name without its ending. Where that is another's already, also on a file system that ignores
    capitals and Unicode forms, the later one gets more of its name: ``ann``, ``ann.py``. So an id depends on
    the submissions before it in as few cases as can be.
    """
    used: set[str] = set()
    ids = []
    for path in paths:
        identity = next(choice for choice in _choices(path) if _key(choice) not in used)
        used.add(_key(identity))
        ids.append(identity)
    return ids


def _choices(path: Path) -> Iterator[str]:
    """Ids for one path, the plainest first, without end."""
    whole = path.name
    folder = os.path.isdir(path)
    name = whole if folder else names.without_ending(whole)
    known = None if folder else platforms.read_name(whole)
    if known is not None and known.file:
        yield _safe(known.student)
    yield _safe(name)
    if name != whole:
        yield _safe(whole)
    mark = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    yield _safe(name, f"-{mark[:8]}")
    yield _safe(name, f"-{mark[:32]}")
    number = 2
    while True:  # one name from two folders
        yield _safe(name, f" ({number})")
        number += 1


def _safe(name: str, suffix: str = "") -> str:
    """A name that any file system takes and any table shows, with ``suffix`` at its end."""
    text = unicodedata.normalize("NFC", name[: 4 * MAX_ID] + name[4 * MAX_ID :][-4 * MAX_ID :])
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in names.printable(text))
    text = _FORBIDDEN.sub("_", text).strip(" .") or "_"
    if _DEVICE.fullmatch(unicodedata.normalize("NFKC", text)):
        text = f"_{text}"
    return _shorten(text, MAX_ID - len(suffix), MAX_ID_BYTES - len(suffix)) + suffix


def _shorten(text: str, characters: int, size: int) -> str:
    """The beginning and the end of a text: a learning platform writes whose it is at either."""
    shortened = text
    while len(shortened) > characters or len(shortened.encode()) > size:
        length = min(characters, len(shortened) - 1)
        characters = length
        tail = length * 2 // 5
        shortened = text[: length - tail] + (text[-tail:] if tail else "")
    return shortened


def _key(name: str) -> str:
    """The same for all names that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
