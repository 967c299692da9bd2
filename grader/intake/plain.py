"""Regular files, opened so that no link is followed and no pipe is waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from grader.intake.errors import LeftOutError
from grader.model.reasons import LeftOut

# A pipe that nobody writes to must not keep the grader waiting, whatever took the file's place meanwhile.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)


def is_plain(path: Path) -> bool:
    """A regular file, not a link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def open_plain(path: Path) -> BinaryIO:
    """Open a regular file. Raises OSError, or LeftOutError for anything else than one.

    What it is is asked of the opened file, so that nothing can be swapped in.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise LeftOutError(LeftOut(reason="not plain"))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
