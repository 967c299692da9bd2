"""Writing files: whole or not at all, under names that nobody else can have chosen."""

from __future__ import annotations

import contextlib
import secrets
import stat
from pathlib import Path


def write(path: Path, content: str | bytes) -> None:
    """Write a file atomically: to a temporary file beside it, then rename. On failure the old file is kept.

    What exists and is no regular file (``/dev/stdout``, a pipe, a link) is written into, not replaced. Raises
    OSError with the file's name.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _is_special(path):
            with open(path, "wb") as file:
                file.write(data)
        else:
            _replace(path, data)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _replace(path: Path, data: bytes) -> None:
    # A random name, of a length of its own: a student's folder or file cannot be in its place.
    temporary = path.with_name(f".grader-{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
