"""The files of a submission: the only place that opens what students handed in. Links are never followed."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from grader.intake.notebook import MAX_NOTEBOOK

MAX_FILES = 400
_IGNORED = frozenset({"__pycache__", "__MACOSX", "node_modules", "datasets", "venv", "build"})
ENDINGS = (".ipynb", ".py")


def source_files(folder: Path) -> list[Path]:
    """The notebooks and modules in a folder, sorted; hidden, linked and cached ones left out."""
    found: list[Path] = []
    for directory, names, files in os.walk(folder, followlinks=False):
        names[:] = sorted(
            n
            for n in names
            if not n.startswith(".") and n not in _IGNORED and not (Path(directory) / n).is_symlink()
        )
        for name in sorted(files):
            path = Path(directory) / name
            if name.endswith(ENDINGS) and not name.startswith((".", "~$")) and is_plain(path):
                found.append(path)
        if len(found) > MAX_FILES:
            break
    return found[:MAX_FILES]


def is_plain(path: Path) -> bool:
    """A regular file, not a link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def read(path: Path, limit: int = MAX_NOTEBOOK) -> bytes:
    """At most one byte more than ``limit``: enough to see that a file is too large."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def content_hash(parts: list[tuple[str, bytes]]) -> str:
    """SHA-256 of names and contents, in order."""
    digest = hashlib.sha256()
    for name, data in parts:
        digest.update(f"{len(name)}:{name}:{len(data)}:".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()
